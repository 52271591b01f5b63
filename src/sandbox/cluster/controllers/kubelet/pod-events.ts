import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import { parsePod } from "./pod.ts";

export interface PodEvents {
  say(type: "Normal" | "Warning", reason: string, message: string, container?: string): void;
}

/** The kubelet's events about one pod. */
export function podEvents(cluster: Cluster, object: KubeObject, nodeName: string): PodEvents {
  const init = parsePod(object).spec.initContainers.map(({ name }) => name);
  const pathOf = (container: string) =>
    `spec.${init.includes(container) ? "initContainers" : "containers"}{${container}}`;
  return {
    say: (type, reason, message, container) => {
      if (cluster.store.get(refOf(object))?.metadata.uid !== object.metadata.uid) {
        return;
      }
      recordEvent(cluster, object, {
        type,
        reason,
        message,
        component: "kubelet",
        host: nodeName,
        ...(container === undefined ? {} : { fieldPath: pathOf(container) }),
      });
    },
  };
}
