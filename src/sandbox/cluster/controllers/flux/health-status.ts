import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import { conditionOf } from "../runtime/conditions.ts";

export type HealthStatus = "Current" | "InProgress" | "Failed" | "Terminating" | "NotFound" | "Unknown";

const Counts = z.looseObject({
  spec: z
    .looseObject({
      replicas: z.number().default(1),
      type: z.string().optional(),
      updateStrategy: z
        .looseObject({
          type: z.string().optional(),
          rollingUpdate: z.looseObject({ partition: z.number().optional() }).optional(),
        })
        .optional(),
    })
    .default({ replicas: 1 }),
  status: z
    .looseObject({
      observedGeneration: z.number().optional(),
      replicas: z.number().default(0),
      updatedReplicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      availableReplicas: z.number().default(0),
      currentReplicas: z.number().default(0),
      currentRevision: z.string().optional(),
      updateRevision: z.string().optional(),
      desiredNumberScheduled: z.number().optional(),
      currentNumberScheduled: z.number().default(0),
      updatedNumberScheduled: z.number().default(0),
      numberAvailable: z.number().default(0),
      numberReady: z.number().default(0),
      phase: z.string().optional(),
      loadBalancer: z.looseObject({ ingress: z.array(z.unknown()).default([]) }).optional(),
    })
    .prefault({}),
});
type Counts = z.infer<typeof Counts>;

/**
 * Whether an object has come to rest, as kstatus judges it.
 * https://github.com/fluxcd/cli-utils/blob/v0.36.0-flux.15/pkg/kstatus/status/core.go
 */
export function healthStatus(object: KubeObject | undefined): HealthStatus {
  if (!object) {
    return "NotFound";
  }
  if (object.metadata.deletionTimestamp) {
    return "Terminating";
  }
  const parsed = Counts.safeParse(object);
  if (!parsed.success) {
    return "Unknown";
  }
  const { spec, status } = parsed.data;
  const generation = object.metadata.generation;
  if (status.observedGeneration !== undefined && generation !== undefined && status.observedGeneration < generation) {
    return "InProgress";
  }
  switch (object.kind) {
    case "Deployment":
      return deploymentStatus(object, spec.replicas, status);
    case "StatefulSet":
      return statefulSetStatus(spec, status);
    case "DaemonSet":
      return daemonSetStatus(status);
    case "ReplicaSet":
      return status.observedGeneration !== undefined && status.readyReplicas >= spec.replicas
        ? "Current"
        : "InProgress";
    case "Service":
      return spec.type === "LoadBalancer" && !status.loadBalancer?.ingress.length ? "InProgress" : "Current";
    case "Pod":
      return podStatus(object, status.phase);
    case "Job":
      return conditionOf(object, "Failed")?.status === "True"
        ? "Failed"
        : conditionOf(object, "Complete")?.status === "True"
          ? "Current"
          : "InProgress";
    case "PersistentVolumeClaim":
      return status.phase === "Bound" ? "Current" : "InProgress";
    default:
      return genericStatus(object);
  }
}

function deploymentStatus(object: KubeObject, wanted: number, status: Counts["status"]): HealthStatus {
  if (conditionOf(object, "Progressing")?.reason === "ProgressDeadlineExceeded") {
    return "Failed";
  }
  const current =
    status.observedGeneration !== undefined &&
    conditionOf(object, "Progressing")?.status === "True" &&
    status.updatedReplicas >= wanted &&
    status.replicas <= status.updatedReplicas &&
    status.availableReplicas >= status.updatedReplicas &&
    status.readyReplicas >= wanted &&
    conditionOf(object, "Available")?.status === "True";
  return current ? "Current" : "InProgress";
}

function statefulSetStatus({ replicas, updateStrategy }: Counts["spec"], status: Counts["status"]): HealthStatus {
  if (updateStrategy?.type === "OnDelete") {
    return "Current";
  }
  if (status.replicas < replicas || status.readyReplicas < replicas || status.replicas > replicas) {
    return "InProgress";
  }
  const partition = updateStrategy?.rollingUpdate?.partition;
  const done =
    partition === undefined
      ? status.currentReplicas >= replicas && status.currentRevision === status.updateRevision
      : status.updatedReplicas >= replicas - partition;
  return done ? "Current" : "InProgress";
}

function daemonSetStatus(status: Counts["status"]): HealthStatus {
  const wanted = status.desiredNumberScheduled;
  const { currentNumberScheduled, updatedNumberScheduled, numberAvailable, numberReady } = status;
  const counts = [currentNumberScheduled, updatedNumberScheduled, numberAvailable, numberReady];
  return status.observedGeneration !== undefined && wanted !== undefined && counts.every((count) => count >= wanted)
    ? "Current"
    : "InProgress";
}

function podStatus(object: KubeObject, phase: string | undefined): HealthStatus {
  if (phase === "Succeeded") {
    return "Current";
  }
  if (phase === "Failed") {
    return "Failed";
  }
  return conditionOf(object, "Ready")?.status === "True" ? "Current" : "InProgress";
}

function genericStatus(object: KubeObject): HealthStatus {
  if (conditionOf(object, "Stalled")?.status === "True") {
    return "Failed";
  }
  if (conditionOf(object, "Reconciling")?.status === "True") {
    return "InProgress";
  }
  const ready = conditionOf(object, "Ready");
  return ready && ready.status !== "True" ? "InProgress" : "Current";
}
