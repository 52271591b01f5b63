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
