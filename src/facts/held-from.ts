import type { WorkloadShape } from "./workload-shape.ts";

/**
 * How many of its pods a workload does not replace by itself when its template changes: those below a StatefulSet's
 * partition, or all of them where somebody is to delete each.
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 * https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/#daemonset-update-strategy
 */
export function heldFrom({ kind, spec: { updateStrategy } }: Pick<WorkloadShape, "kind" | "spec">): number {
  if (kind !== "StatefulSet" && kind !== "DaemonSet") return 0;
  if (updateStrategy.type === "OnDelete") return Number.POSITIVE_INFINITY;
  return kind === "StatefulSet" ? (updateStrategy.rollingUpdate?.partition ?? 0) : 0;
}
