import { Problem } from "../project/problem.ts";
import { shorten } from "../project/shorten.ts";
import { isStatus } from "./is-status.ts";

export type Sleep = (milliseconds: number) => Promise<unknown>;

/** Pauses between looks; about fifteen seconds in all. */
const PAUSES = [200, 400, 800, 1_500, 2_500, 4_000, 5_000];

/**
 * A repository made a moment ago answers 404, 409 `Git Repository is empty.` or 422 for some seconds, since GitHub's
 * copies follow each other. Asks until it does not, or gives `repo-not-ready`.
 */
export async function untilReady<T>(
  sleep: Sleep,
  ask: () => Promise<T>,
  notReady: (error: unknown) => boolean = isNotReady,
): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await ask();
    } catch (error) {
      if (!notReady(error)) throw error;
      await sleep(pause);
    }
  }
  try {
    return await ask();
  } catch (error) {
    if (!notReady(error)) throw error;
    throw new Problem("repo-not-ready", {
      evidence: error instanceof Error ? shorten(error.message) : "the repository does not answer yet",
      cause: error,
    });
  }
}

function isNotReady(error: unknown): boolean {
  if (isStatus(error, 404)) return true;
  return isStatus(error, 409) && /empty/i.test(error.message);
}
