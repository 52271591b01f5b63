import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import { type Identity, identityOf } from "./identity.ts";
import type { ContainerRole, Pod } from "./pod.ts";
import type { ReplicaSet } from "./replica-set.ts";

export const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "Job"] as const;

/** Whatever starts pods of a project. */
export interface Workload extends Identity {
  kind: (typeof WORKLOADS)[number];
  containers: { name: string; role: ContainerRole; image: string; ports: { name?: string; containerPort: number }[] }[];
  selector: Readonly<Record<string, string>>;
  /** How many pods are asked for; of a Job, how many that end well. */
  wanted: number;
  /** How many of the newest revision are ready (of a Job: have ended well), counted on its own pods. */
  ready: number;
  /** Only the newest revision runs, whole; of a Job: it has ended well. */
  settled: boolean;
  conditions: Conditions;
}

const count = z.number().default(0);
const container = z.object({
  name: z.string(),
  image: z.string().default(""),
  restartPolicy: z.string().optional(),
  ports: z.array(z.object({ name: z.string().optional(), containerPort: z.number() })).default([]),
});
const shape = z.object({
  kind: z.enum(WORKLOADS),
  spec: z
    .object({
      replicas: z.number().default(1),
      completions: z.number().optional(),
      selector: z.object({ matchLabels: z.record(z.string(), z.string()).default({}) }).prefault({}),
      template: z
        .object({
          spec: z
            .object({ containers: z.array(container).default([]), initContainers: z.array(container).default([]) })
            .prefault({}),
        })
        .prefault({}),
    })
    .prefault({}),
  status: z
    .object({
      observedGeneration: count,
      replicas: count,
      readyReplicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      updateRevision: z.string().optional(),
      desiredNumberScheduled: count,
      updatedNumberScheduled: count,
      numberReady: count,
      numberAvailable: count,
      succeeded: count,
    })
    .prefault({}),
});

/** `pods` and `replicaSets`: all of the namespace that are known; of which revision a pod is, its owner and labels tell. */
export function workloadOf(object: KubeObject, pods: readonly Pod[], replicaSets: readonly ReplicaSet[]): Workload {
  const { kind, spec, status } = shape.parse(object);
  const identity = identityOf(object);
  const conditions = conditionsOf(object.status, identity.generation);
  const observed = status.observedGeneration >= identity.generation;
  const { containers, initContainers } = spec.template.spec;
  const common = {
    ...identity,
    kind,
    containers: [
      ...initContainers.map(
        (each) => ({ ...each, role: each.restartPolicy === "Always" ? "sidecar" : "init" }) as const,
      ),
      ...containers.map((each) => ({ ...each, role: "app" }) as const),
    ].map(({ name, role, image, ports }) => ({
      name,
      role,
      image,
      ports: ports.map((port) => ({ containerPort: port.containerPort, ...(port.name && { name: port.name }) })),
    })),
    selector: spec.selector.matchLabels,
    conditions,
  };
  switch (kind) {
    case "Deployment": {
      const newest = replicaSets.find(
        (each) => each.owner?.uid === identity.uid && each.revision === revisionOf(identity),
      );
      // Its own counts take in the pods of the revision before.
      const ready = newest
        ? pods.filter((pod) => pod.owner?.uid === newest.uid && pod.ready && !pod.deleting).length
        : Math.min(status.updatedReplicas, status.availableReplicas);
      // https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#complete-deployment
      const settled =
        observed &&
        status.updatedReplicas >= spec.replicas &&
        status.availableReplicas >= spec.replicas &&
        status.replicas <= spec.replicas;
      return {
        ...common,
        wanted: spec.replicas,
        ready: settled ? spec.replicas : Math.min(ready, spec.replicas),
        settled,
      };
    }
    case "StatefulSet": {
      const { updateRevision } = status;
      const own = pods.filter((pod) => pod.owner?.uid === identity.uid && pod.ready && !pod.deleting);
      const ready = own.filter((pod) => pod.labels["controller-revision-hash"] === updateRevision).length;
      // https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#rolling-updates
      const settled =
        observed &&
        status.updatedReplicas >= spec.replicas &&
        status.readyReplicas >= spec.replicas &&
        status.replicas <= spec.replicas;
      return {
        ...common,
        wanted: spec.replicas,
        ready: settled ? spec.replicas : Math.min(ready, spec.replicas),
        settled,
      };
    }
    case "DaemonSet": {
      const wanted = status.desiredNumberScheduled;
      const settled = observed && status.updatedNumberScheduled >= wanted && status.numberAvailable >= wanted;
      return { ...common, wanted, ready: Math.min(status.updatedNumberScheduled, status.numberReady), settled };
    }
    case "Job": {
      const wanted = spec.completions ?? 1;
      // Its template cannot change and its pods come and go: what it says itself is all that counts.
      return { ...common, wanted, ready: status.succeeded, settled: conditions.Complete?.status === "True" };
    }
  }
}

function revisionOf({ annotations }: Identity): string | undefined {
  return annotations["deployment.kubernetes.io/revision"];
}
