import type { ProbeResult } from "../project/ports/probes.ts";
import type { SiteLook } from "../project/ports/sites.ts";
import { meaningOf } from "./meaning-of.ts";

/** One look more from a vantage. From which nothing was learned, what was known before stays while it is good, with why. */
export function remember(
  before: SiteLook | undefined,
  result: ProbeResult,
  goodForMs: number,
): { look: SiteLook; changed: boolean } {
  const { outcome } = result;
  if (outcome.state === "unknown" && before && before.outcome.state !== "unknown" && before.goodUntil > result.at)
    return { look: { ...before, unheard: outcome.detail }, changed: false };
  const same = before !== undefined && meaningOf(before) === meaningOf(result);
  return {
    look: {
      ...result,
      times: same ? before.times + 1 : 1,
      since: same ? before.since : result.at,
      goodUntil: new Date(result.at.getTime() + goodForMs),
    },
    changed: !same,
  };
}
