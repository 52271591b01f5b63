import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import { parsePod } from "../kubelet/pod.ts";
import { conditionOf } from "../runtime/conditions.ts";

export const isReady = (pod: KubeObject) => conditionOf(pod, "Ready")?.status === "True";

export const isTerminating = (pod: KubeObject) => pod.metadata.deletionTimestamp !== undefined;

/** How it ended, if it has. */
export function finished(pod: KubeObject): "Succeeded" | "Failed" | undefined {
  const { phase } = parsePod(pod).status;
  return phase === "Succeeded" || phase === "Failed" ? phase : undefined;
}

const Counts = z.array(z.looseObject({ restartCount: z.number().default(0) })).default([]);
const Pod = z.looseObject({
  status: z.looseObject({ initContainerStatuses: Counts, containerStatuses: Counts }),
});

/** How often its containers were started again, all of them together. */
export function restartsOf(pod: KubeObject): number {
  const parsed = Pod.safeParse(pod);
  if (!parsed.success) {
    return 0;
  }
  const { initContainerStatuses, containerStatuses } = parsed.data.status;
  return [...initContainerStatuses, ...containerStatuses].reduce((sum, { restartCount }) => sum + restartCount, 0);
}
