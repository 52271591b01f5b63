import type { KubeObject } from "../../store.ts";
import { conditionOf } from "../runtime/conditions.ts";
import type { ContainerRecord } from "./container-record.ts";
import { type Container, isSidecar, type Pod } from "./pod.ts";
import { podPhase } from "./pod-phase.ts";

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
  init: readonly [Container, ContainerRecord][];
  main: readonly [Container, ContainerRecord][];
  sandboxReady: boolean;
  hostIP: string;
  podIP: string | undefined;
  startTime: string;
  now: string;
}): Record<string, unknown> {
  const { object, init, main, now } = options;
  const phase = podPhase(options.pod.spec.restartPolicy, init, main);
  const ready = readiness(phase, init, main);
  // Of a pod that has ended its sandbox is taken down too.
  const sandboxReady = options.sandboxReady && phase !== "Succeeded" && phase !== "Failed";
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
    phase,
    observedGeneration: object.metadata.generation ?? 1,
    conditions: [
      condition("PodReadyToStartContainers", { status: sandboxReady ? "True" : "False" }),
      condition("Initialized", initialized(phase, init, main)),
      condition("Ready", ready),
      condition("ContainersReady", ready),
      condition("PodScheduled", { status: "True" }),
    ],
    hostIP: options.hostIP,
    hostIPs: [{ ip: options.hostIP }],
    ...(options.podIP === undefined ? {} : { podIP: options.podIP, podIPs: [{ ip: options.podIP }] }),
    startTime: options.startTime,
    ...(init.length === 0 ? {} : { initContainerStatuses: init.map(([, record]) => containerStatus(record)) }),
    containerStatuses: main.map(([, record]) => containerStatus(record)),
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

function readiness(
  phase: string,
  init: readonly [Container, ContainerRecord][],
  main: readonly [Container, ContainerRecord][],
): Partial<PodCondition> {
  if (phase === "Succeeded" || phase === "Failed") {
    return { status: "False", reason: phase === "Failed" ? "PodFailed" : "PodCompleted" };
  }
  const counted = [...init.filter(([container]) => isSidecar(container)), ...main];
  const unready = counted.filter(([, record]) => !record.ready).map(([{ name }]) => name);
  return unready.length === 0
    ? { status: "True" }
    : {
        status: "False",
        reason: "ContainersNotReady",
        message: `containers with unready status: [${unready.join(" ")}]`,
      };
}

function initialized(
  phase: string,
  init: readonly [Container, ContainerRecord][],
  main: readonly [Container, ContainerRecord][],
): Partial<PodCondition> {
  if (phase === "Succeeded") {
    return { status: "True", reason: "PodCompleted" };
  }
  const incomplete = init.filter(([container, record]) => !(isSidecar(container) ? record.started : record.ready));
  // Once a container has begun, a sidecar that starts again is no beginning.
  if (
    incomplete.length === 0 ||
    main.some(([, { state, lastState }]) => !("waiting" in state) || "terminated" in lastState)
  ) {
    return { status: "True" };
  }
  return {
    status: "False",
    reason: "ContainersNotInitialized",
    message: `containers with incomplete status: [${incomplete.map(([{ name }]) => name).join(" ")}]`,
  };
}

/** Decided when the pod was admitted. */
function qosClassOf(status: unknown): string {
  return typeof status === "object" && status !== null && "qosClass" in status ? String(status.qosClass) : "BestEffort";
}
