import type { KubeObject, Store } from "../../store.ts";
import { parsePod } from "../kubelet/pod.ts";
import { conditionOf } from "../runtime/conditions.ts";
import { parseService, type ServicePort } from "./service.ts";

export interface SelectedPod {
  object: KubeObject;
  ip: string;
  ready: boolean;
}

/** Pods with an address that a Service selects. */
export function selectedPods(store: Store, service: KubeObject): SelectedPod[] {
  const { selector } = parseService(service).spec;
  if (selector === undefined || Object.keys(selector).length === 0) {
    return [];
  }
  return store
    .list("v1", "Pod", { namespace: service.metadata.namespace, labels: selector })
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .flatMap((object) => {
      const { podIP, phase } = parsePod(object).status;
      const over = phase === "Succeeded" || phase === "Failed";
      return podIP && !over ? [{ object, ip: podIP, ready: conditionOf(object, "Ready")?.status === "True" }] : [];
    });
}

/** The number that a Service's port means on a pod; undefined where the pod has no port of that name. */
export function targetPort(pod: KubeObject, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  return typeof target === "number"
    ? target
    : parsePod(pod)
        .spec.containers.flatMap(({ ports }) => ports)
        .find(({ name }) => name === target)?.containerPort;
}
