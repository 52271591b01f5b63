import type { Readiness } from "../http/start-metrics.ts";

/**
 * What keeps this replica from working, and what it only works without: a kind that it has no right to watch is told of
 * and holds nothing up, or a new version under the rights of the one before would never be ready.
 */
export function readinessOf(of: { watches: string[]; forbidden: string[]; others: (string | undefined)[] }): Readiness {
  const problems = [...of.watches, ...of.others].filter((each) => each !== undefined);
  return { ok: problems.length === 0, problems: [...problems, ...of.forbidden] };
}
