import type { Asked } from "../project/asked.ts";
import type { Outcome } from "../project/outcome.ts";

/** What a pass may wait for one step. Whoever does not answer by then is asked no second time while that lasts. */
const PATIENCE_MS = 5_000;

/**
 * Steps that have not come back. A pass waits for nobody longer than some seconds: what takes longer goes on by itself, and
 * a later pass takes up what came of it.
 */
export interface Underway {
  /** `undefined`: it has not come back yet. Rejects as `start` did. */
  take(key: string, start: (asked: Asked[]) => Promise<Outcome>): Promise<Outcome | undefined>;
  /** Whose answer it waits for. */
  awaits(key: string): Asked | undefined;
}

export function createUnderway(patienceMs: number = PATIENCE_MS): Underway {
  const underway = new Map<string, { attempt: Promise<Outcome>; asked: Asked[] }>();
  const begin = (start: (asked: Asked[]) => Promise<Outcome>) => {
    const asked: Asked[] = [];
    return { attempt: start(asked), asked };
  };
  return {
    awaits: (key) => underway.get(key)?.asked.at(-1),
    async take(key, start) {
      const taken = underway.get(key) ?? begin(start);
      const { attempt } = taken;
      underway.set(key, taken);
      const late = Promise.withResolvers<undefined>();
      const timer = setTimeout(() => late.resolve(undefined), patienceMs);
      try {
        const outcome = await Promise.race([attempt, late.promise]);
        if (outcome !== undefined) underway.delete(key);
        return outcome;
      } catch (error) {
        underway.delete(key);
        throw error;
      } finally {
        clearTimeout(timer);
        // One that fails while nobody waits is told when it is taken up.
        attempt.catch(() => {});
      }
    },
  };
}
