import { expect, test } from "vitest";
import { ago, formatDate } from "../../../../src/sandbox/console/page/text/format-date.ts";

const now = new Date(2026, 0, 15, 12, 0, 0);
const seconds = (date: Date) => date.getTime() / 1000;

test("tokens become the reader's date and time, what is no token stays", () => {
  const at = seconds(new Date(2026, 0, 3, 9, 5, 7));
  expect(formatDate(at, "{date_num} {time} {time_secs} {nothing}", now)).toBe(
    "2026-01-03 9:05 AM 9:05:07 AM {nothing}",
  );
  expect(formatDate(at, "{date} | {date_short} | {date_long}", now)).toBe(
    "January 3, 2026 | Jan 3, 2026 | Saturday, January 3, 2026",
  );
});

test("pretty dates are today, yesterday and tomorrow where they can be", () => {
  const day = (n: number) => seconds(new Date(2026, 0, n, 23, 30));
  expect([13, 14, 15, 16].map((n) => formatDate(day(n), "{date_short_pretty}", now))).toEqual([
    "Jan 13, 2026",
    "yesterday",
    "today",
    "tomorrow",
  ]);
});

test("how long ago is told in the largest unit", () => {
  const before = (s: number) => ago(new Date(now.getTime() - s * 1000), now);
  expect([3, 90, 7_200, 86_400 * 3].map(before)).toEqual(["just now", "2 minutes ago", "2 hours ago", "3 days ago"]);
});
