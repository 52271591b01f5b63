import type { Workload } from "./workload.ts";

/** So long a controller may take to make a pod before anybody asks why there is none. */
const PATIENCE_MS = 10_000;

/** Workloads whose pods their controller has not made, and since when that is worth asking about. */
export function lacksPods(workloads: readonly Workload[]): (Workload & { askFrom: Date })[] {
  return workloads
    .filter(({ deleting, unmade }) => !deleting && unmade > 0)
    .map((workload) => ({ ...workload, askFrom: new Date((workload.createdAt?.getTime() ?? 0) + PATIENCE_MS) }));
}
