import type { ProjectStatus } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { type Pace, secondsLeft } from "./seconds-left.ts";
import { secondsBetween } from "./time.ts";

/**
 * How long it has taken and how long it will: `2 min 41 s`, `about 1 min 50 s left`.
 * Without `now` the parts that the clock alone changes are left out.
 */
export function paceWords(pace: Pace, now: Date | undefined, words: Words): string[] {
  const { startedAt, expected } = pace;
  if (startedAt === undefined || now === undefined) return [];
  const { duration, timeLeft, pastUsual, slowerThanUsual, usually } = words.slack;
  const elapsed = secondsBetween(startedAt, now);
  const said = [duration(elapsed)];
  if (!expected || expected.total <= 0) return said;
  if (isSlow(startedAt, now, expected)) return [...said, slowerThanUsual(usually(duration(expected.total)))];
  if (expected.total - elapsed <= 5) return [...said, pastUsual(duration(expected.total))];
  const left = secondsLeft(pace, now) ?? 0;
  // To the ten seconds: a guess that pretends to know the second only makes people count along.
  return left > 5 ? [...said, timeLeft(duration(Math.ceil(left / 10) * 10))] : said;
}

/** Beyond the 95th percentile of its history. */
export function isSlow(startedAt: string | undefined, now: Date, expected: ProjectStatus["expected"]): boolean {
  return startedAt !== undefined && expected?.p95 !== undefined && secondsBetween(startedAt, now) > expected.p95;
}
