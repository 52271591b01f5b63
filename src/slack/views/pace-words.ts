import type { ProjectStatus } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { secondsBetween } from "./time.ts";

/**
 * How long it has taken and how long it will: `2:41`, `about 1:50 left`.
 * Without `now` the parts that the clock alone changes are left out.
 */
export function paceWords(
  startedAt: string | undefined,
  now: Date | undefined,
  expected: ProjectStatus["expected"],
  words: Words,
): string[] {
  if (startedAt === undefined || now === undefined) return [];
  const { stopwatch, timeLeft, pastUsual, slowerThanUsual, usually } = words.slack;
  const elapsed = secondsBetween(startedAt, now);
  const said = [stopwatch(elapsed)];
  if (!expected || expected.total <= 0) return said;
  if (isSlow(startedAt, now, expected)) return [...said, slowerThanUsual(usually(stopwatch(expected.total)))];
  const left = expected.total - elapsed;
  // To the ten seconds: a guess that pretends to know the second only makes people count along.
  return [...said, left > 5 ? timeLeft(stopwatch(Math.ceil(left / 10) * 10)) : pastUsual(stopwatch(expected.total))];
}

/** Beyond the 95th percentile of its history. */
export function isSlow(startedAt: string | undefined, now: Date, expected: ProjectStatus["expected"]): boolean {
  return startedAt !== undefined && expected?.p95 !== undefined && secondsBetween(startedAt, now) > expected.p95;
}
