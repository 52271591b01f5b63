import type { Look } from "../project/look.ts";
import { lookOfProblem } from "../project/look-of-problem.ts";
import { Problem } from "../project/problem.ts";
import { paramsOfUnread, type Unread } from "../project/unread.ts";
import type { Check, Found } from "./check.ts";
import { masked } from "./masked.ts";
import type { Surroundings } from "./surroundings.ts";

/** What hangs must not keep a person waiting for what does not. */
const PATIENCE_MS = 15_000;

/** Every check, all at once, in the order of the list. What could not be looked at is a line that says why. */
export function examine(checks: readonly Check[], at: Surroundings, patienceMs: number = PATIENCE_MS): Promise<Look[]> {
  return Promise.all(
    checks.map(async (check) => masked({ ...(await lineOf(check, at, patienceMs)), check: check.name })),
  );
}

async function lineOf(check: Check, at: Surroundings, patienceMs: number): Promise<Found> {
  const late = Promise.withResolvers<Found>();
  const timer = setTimeout(
    () => late.resolve(unknown({ because: "Late", seconds: patienceMs / 1000, of: "look" })),
    patienceMs,
  );
  try {
    return await Promise.race([check.run(at), late.promise]);
  } catch (error) {
    if (error instanceof Problem) return lookOfProblem(check.name, error);
    return unknown(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}

function unknown(why: Unread): Found {
  return { state: "unknown", reason: "NotLookedAt", params: paramsOfUnread(why) };
}
