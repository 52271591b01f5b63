import type { ProjectStatus } from "../project/project.ts";

/** Beside the build: repository, cluster, rollout, certificate, the first answer. */
const REST_SECONDS = 45;
/** Fewer finished builds than this say nothing of what is slow. */
const ENOUGH = 5;

/** What a launch or deploy usually takes, in seconds: from this project's own builds, else its template's. */
export function expectedOf(
  history: ProjectStatus["history"],
  buildSeconds: number | undefined,
): ProjectStatus["expected"] {
  // A rollback finds its image there: no build at all says nothing of how long one takes.
  const builds = history.flatMap(({ build }) => (build > 0 ? [build] : [])).sort((a, b) => a - b);
  const totals = history.map(({ total }) => total).sort((a, b) => a - b);
  const build = middle(builds) ?? buildSeconds;
  if (build === undefined) return undefined;
  const total = middle(totals) ?? build + REST_SECONDS;
  return totals.length < ENOUGH ? { build, total } : { build, total, p95: quantile(totals, 0.95) };
}

function middle(sorted: number[]): number | undefined {
  return sorted.length === 0 ? undefined : quantile(sorted, 0.5);
}

function quantile(sorted: number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}
