import type { Look } from "./look.ts";
import type { Problem } from "./problem.ts";

/** What was refused for good is what was found; of what failed otherwise nothing is known. */
export function lookOfProblem(check: Look["check"], { code, destiny, params, evidence }: Problem): Look {
  return destiny.kind === "person"
    ? { check, state: "failed", reason: code, params, evidence }
    : { check, state: "unknown", reason: "NotLookedAt", params: { ...params, check, code, detail: evidence } };
}
