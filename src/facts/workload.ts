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
  /** Its pods that are to stay, `current` those of its newest revision. */
  pods: (Pod & { current: boolean })[];
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
type Shape = z.output<typeof shape>;

/** `pods` and `replicaSets`: all of the namespace that are known; whose a pod is, and of which revision, they tell. */
export function workloadOf(object: KubeObject, pods: readonly Pod[], replicaSets: readonly ReplicaSet[]): Workload {
  const { kind, spec, status } = shape.parse(object);
  const identity = identityOf(object);
  const conditions = conditionsOf(object.status, identity.generation);
  const own = podsOf({ kind, status, identity }, pods, replicaSets);
  const { wanted, settled, counted } = countsOf({ kind, spec, status }, identity, conditions);
  const current = own.filter((pod) => pod.current);
  // A controller's own counts take in pods of the revision before; where its pods are known, they tell.
  const seen = kind === "Job" || current.length === 0 ? counted : current.filter((pod) => pod.ready).length;
  const { containers, initContainers } = spec.template.spec;
  return {
    ...identity,
    kind,
    containers: [
      ...initContainers.map((each) => containerOf(each, each.restartPolicy === "Always" ? "sidecar" : "init")),
      ...containers.map((each) => containerOf(each, "app")),
    ],
    selector: spec.selector.matchLabels,
    conditions,
    wanted,
    ready: settled ? wanted : Math.min(seen, wanted),
    settled,
    pods: own,
  };
}

function containerOf({ name, image, ports }: z.output<typeof container>, role: ContainerRole) {
  return {
    name,
    role,
    image,
    ports: ports.map((port) => ({
      containerPort: port.containerPort,
      ...(port.name === undefined ? {} : { name: port.name }),
    })),
  };
}

/** Wanted, whole, and how many of the newest are ready as the controller itself counts. */
function countsOf({ kind, spec, status }: Shape, { generation }: Identity, conditions: Conditions) {
  const observed = status.observedGeneration >= generation;
  switch (kind) {
    case "Deployment": {
      const wanted = spec.replicas;
      // https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#complete-deployment
      const settled =
        observed && status.updatedReplicas >= wanted && status.availableReplicas >= wanted && status.replicas <= wanted;
      return { wanted, settled, counted: Math.min(status.updatedReplicas, status.availableReplicas) };
    }
    case "StatefulSet": {
      const wanted = spec.replicas;
      // https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#rolling-updates
      const settled =
        observed && status.updatedReplicas >= wanted && status.readyReplicas >= wanted && status.replicas <= wanted;
      return { wanted, settled, counted: Math.min(status.updatedReplicas, status.readyReplicas) };
    }
    case "DaemonSet": {
      const wanted = status.desiredNumberScheduled;
      const settled = observed && status.updatedNumberScheduled >= wanted && status.numberAvailable >= wanted;
      return { wanted, settled, counted: Math.min(status.updatedNumberScheduled, status.numberReady) };
    }
    case "Job":
      // Its template cannot change and its pods come and go: what it says itself is all that counts.
      return {
        wanted: spec.completions ?? 1,
        settled: conditions.Complete?.status === "True",
        counted: status.succeeded,
      };
  }
}

function podsOf(
  { kind, status, identity }: Pick<Shape, "kind" | "status"> & { identity: Identity },
  pods: readonly Pod[],
  replicaSets: readonly ReplicaSet[],
): Workload["pods"] {
  const { uid, annotations } = identity;
  const standing = pods.filter(({ deleting }) => !deleting);
  if (kind === "Deployment") {
    const sets = replicaSets.filter(({ owner }) => owner?.uid === uid);
    const newest = sets.find(({ revision }) => revision === annotations["deployment.kubernetes.io/revision"]);
    return standing
      .filter(({ owner }) => sets.some((set) => set.uid === owner?.uid))
      .map((pod) => ({ ...pod, current: pod.owner?.uid === newest?.uid }));
  }
  return standing.filter(({ owner }) => owner?.uid === uid).map((pod) => ({ ...pod, current: isCurrent(pod) }));

  function isCurrent({ labels }: Pod): boolean {
    if (kind === "StatefulSet") return labels["controller-revision-hash"] === status.updateRevision;
    // https://kubernetes.io/docs/reference/labels-annotations-taints/ (pod-template-generation)
    if (kind === "DaemonSet")
      return labels["pod-template-generation"] === annotations["deprecated.daemonset.template.generation"];
    return true;
  }
}
