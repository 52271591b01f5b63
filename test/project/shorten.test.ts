import { expect, test } from "vitest";
import { shorten } from "../../src/project/shorten.ts";

const WHO = 'Deployment/rrr/rrr dry-run failed: admission webhook "policy.example.com" denied the request: ';
const WHY = "container app must not run as root";

test("keeps who it is about and, at its end, the cause", () => {
  const short = shorten(`${WHO}${"in the whole list of what it looked at, ".repeat(40)}${WHY}`);
  expect(short.length).toBeLessThanOrEqual(300);
  expect(short).toMatch(/^Deployment\/rrr\/rrr dry-run failed/);
  expect(short.endsWith(WHY)).toBe(true);
  expect(shorten(`  ${WHO}${WHY}\n`)).toBe(`${WHO}${WHY}`);
});

test("shows no half of a secret that the cut would have gone through", () => {
  for (let before = 100; before < 200; before += 7) {
    const short = shorten(`${"x ".repeat(before / 2)}ghp_${"S".repeat(36)} ${"y ".repeat(150)}`);
    expect(short).not.toContain("SSSS");
  }
});
