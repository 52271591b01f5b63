import type { KubeObject } from "../project/ports/cluster.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import { countsOf } from "./counts-of.ts";
import { type Identity, identityOf } from "./identity.ts";
import type { ContainerRole, Pod } from "./pod.ts";
import { podsOf } from "./pods-of.ts";
import type { ReplicaSet } from "./replica-set.ts";
import { type WorkloadKind, type WorkloadShape, workloadShape } from "./workload-shape.ts";

/** Whatever starts pods of a project. */
export interface Workload extends Identity {
  kind: WorkloadKind;
  containers: { name: string; role: ContainerRole; image: string; ports: { name?: string; containerPort: number }[] }[];
  selector: Readonly<Record<string, string>>;
  /** How many pods are asked for; of a Job, how many that end well: none while it is suspended. */
  wanted: number;
  /** How many that it has come to on its way to its newest revision are ready (of a Job: have ended well), by its own pods. */
  ready: number;
  /** As far as its newest revision is to go it runs, whole; of a Job: it has ended well, or is suspended. */
  settled: boolean;
  /** Of one that is settled: so many of its pods stay at an older revision, as its update strategy says. */
  held: number;
  /** Pods that its controller has still to make, or cannot; of a Deployment its condition tells. */
  unmade: number;
  /** Of a Deployment: a new revision waits until somebody resumes it. */
  paused: boolean;
  conditions: Conditions;
  /** Of a Job that has pods of which some are not ready: since when it runs. What they wait for it does not say itself. */
  waitsSince: Date | undefined;
  /** Its pods that are to stay; `current` those of its newest revision, and those that are held at an older one. */
  pods: (Pod & { current: boolean })[];
}

/** `pods` and `replicaSets`: all of the namespace that are known; whose a pod is, and of which revision, they tell. */
export function workloadOf(object: KubeObject, pods: readonly Pod[], replicaSets: readonly ReplicaSet[]): Workload {
  const shape = workloadShape.parse(object);
  const { kind, spec } = shape;
  const identity = identityOf(object);
  const conditions = conditionsOf(object.status, identity.generation);
  const own = podsOf(shape, identity, pods, replicaSets);
  const { wanted, settled, reached, counted, held, unmade } = countsOf(shape, identity, conditions);
  const current = own.filter((pod) => pod.current);
  const seen = kind === "Job" || current.length === 0 ? counted : current.filter((pod) => pod.ready).length;
  const { containers, initContainers } = spec.template.spec;
  const { active, ready, startTime } = shape.status;
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
    // A controller's own counts take in pods of the revision before; where its pods are known, they tell.
    ready: settled ? wanted : Math.min(seen, reached, wanted),
    settled,
    held: settled ? held : 0,
    unmade,
    paused: kind === "Deployment" && spec.paused,
    waitsSince: kind === "Job" && active > ready && startTime !== undefined ? new Date(startTime) : undefined,
    pods: own,
  };
}

function containerOf(
  { name, image, ports }: WorkloadShape["spec"]["template"]["spec"]["containers"][number],
  role: ContainerRole,
): Workload["containers"][number] {
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
