import type { KubeObject } from "../../store.ts";
import type { Kubelet } from "./create-kubelet.ts";

/** What `kubectl logs` gets. An empty text where nothing was written or nothing really runs. */
export type PodLogs = (
  pod: KubeObject,
  options: { container?: string; previous?: boolean; timestamps?: boolean; tailLines?: number },
) => string;

export function createPodLogs(logOf: Kubelet["logOf"]): PodLogs {
  return ({ metadata }, { container, previous, timestamps, tailLines }) => {
    const lines = logOf(metadata.namespace ?? "", metadata.name, { container, previous }) ?? [];
    return lines
      .slice(tailLines === undefined ? 0 : Math.max(0, lines.length - tailLines))
      .map(({ at, text }) => `${timestamps ? `${at.toISOString()} ` : ""}${text}\n`)
      .join("");
  };
}
