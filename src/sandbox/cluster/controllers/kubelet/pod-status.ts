import type { KubeObject } from "../../store.ts";
import { conditionOf } from "../runtime/conditions.ts";
import type { ContainerRecord } from "./container-record.ts";
import type { Pod } from "./pod.ts";

interface PodCondition {
  type: string;
  status: "True" | "False";
  lastProbeTime: null;
  lastTransitionTime: string;
  reason?: string;
  message?: string;
  observedGeneration?: number;
}

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/status/generate.go, kubelet_pods.go (generateAPIPodStatus) */
export function podStatus(options: {
  object: KubeObject;
  pod: Pod;
  init: readonly ContainerRecord[];
  containers: readonly ContainerRecord[];
  sandboxReady: boolean;
  hostIP: string;
  podIP: string | undefined;
  startTime: string;
  now: string;
}): Record<string, unknown> {
  const { object, init, containers, now } = options;
  const unready = containers.filter(({ ready }) => !ready).map(({ name }) => name);
  const incomplete = init.filter(({ state }) => !("terminated" in state) || state.terminated.exitCode !== 0);
  const finished = containers.length > 0 && containers.every(({ state }) => "terminated" in state);
  const ready: Partial<PodCondition> =
    unready.length === 0
      ? { status: "True" }
      : finished && options.pod.spec.restartPolicy !== "Always"
        ? { status: "False", reason: "PodCompleted" }
        : {
            status: "False",
            reason: "ContainersNotReady",
            message: `containers with unready status: [${unready.join(" ")}]`,
          };
  const condition = (type: string, fields: Partial<PodCondition>): PodCondition => {
    const status = fields.status ?? "False";
    const before = conditionOf(object, type);
    return {
      ...fields,
      type,
      status,
      lastProbeTime: null,
      lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now) : now,
      observedGeneration: object.metadata.generation ?? 1,
    };
  };
  return {
    phase: phaseOf(options.pod, containers),
    observedGeneration: object.metadata.generation ?? 1,
    conditions: [
      condition("PodReadyToStartContainers", { status: options.sandboxReady ? "True" : "False" }),
      condition(
        "Initialized",
        incomplete.length === 0
          ? { status: "True" }
          : {
              status: "False",
              reason: "ContainersNotInitialized",
              message: `containers with incomplete status: [${incomplete.map(({ name }) => name).join(" ")}]`,
            },
      ),
      condition("Ready", ready),
      condition("ContainersReady", ready),
      condition("PodScheduled", { status: "True" }),
    ],
    hostIP: options.hostIP,
    hostIPs: [{ ip: options.hostIP }],
    ...(options.podIP === undefined ? {} : { podIP: options.podIP, podIPs: [{ ip: options.podIP }] }),
    startTime: options.startTime,
    ...(init.length === 0 ? {} : { initContainerStatuses: init.map(containerStatus) }),
    containerStatuses: containers.map(containerStatus),
    qosClass: qosClassOf(object.status),
  };
}

function containerStatus(record: ContainerRecord): Record<string, unknown> {
  return {
    ...(record.containerID === undefined ? {} : { containerID: record.containerID }),
    image: record.image,
    imageID: record.imageID,
    lastState: record.lastState,
    name: record.name,
    ready: record.ready,
    restartCount: record.restartCount,
    started: record.started,
    state: record.state,
  };
}

function phaseOf(pod: Pod, containers: readonly ContainerRecord[]): string {
  const ended = containers.flatMap(({ state }) => ("terminated" in state ? [state.terminated.exitCode] : []));
  if (pod.spec.restartPolicy !== "Always" && ended.length === containers.length) {
    return ended.every((code) => code === 0) ? "Succeeded" : "Failed";
  }
  const begun = containers.some(
    (record) => "running" in record.state || record.restartCount > 0 || "terminated" in record.state,
  );
  return begun ? "Running" : "Pending";
}

/** Decided when the pod was admitted. */
function qosClassOf(status: unknown): string {
  return typeof status === "object" && status !== null && "qosClass" in status ? String(status.qosClass) : "BestEffort";
}
