import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import { type Identity, identityOf } from "./identity.ts";

/**
 * `init` runs to its end before the others, `sidecar` is an init container that goes on beside them.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export type ContainerRole = "app" | "init" | "sidecar";

/** How a container ended. */
export interface Termination {
  exitCode: number;
  reason: string;
  /** What it left behind, or its last lines where the policy falls back to them. */
  message: string;
}

export interface Container {
  name: string;
  role: ContainerRole;
  /** As the pod's spec has it: the status's own may be another tag of the same image. */
  image: string;
  ready: boolean;
  restarts: number;
  state:
    | { is: "waiting"; reason: string; message: string }
    | { is: "running" }
    | ({ is: "terminated" } & Termination)
    /** The kubelet has said nothing of it yet. */
    | { is: "unknown" };
  /** How it ended the time before. */
  last: Termination | undefined;
}

export interface Pod extends Identity {
  phase: string;
  node: string | undefined;
  /** Where room is being made for it. */
  nominated: string | undefined;
  ready: boolean;
  conditions: Conditions;
  /** In the order of the spec, init containers first. */
  containers: Container[];
}

const containers = z
  .array(z.object({ name: z.string(), image: z.string().default(""), restartPolicy: z.string().optional() }))
  .default([]);
const termination = z.object({
  exitCode: z.number().default(0),
  reason: z.string().default(""),
  message: z.string().default(""),
});
const statuses = z
  .array(
    z.object({
      name: z.string(),
      ready: z.boolean().default(false),
      restartCount: z.number().default(0),
      state: z
        .object({
          waiting: z.object({ reason: z.string().default(""), message: z.string().default("") }).optional(),
          running: z.looseObject({}).optional(),
          terminated: termination.optional(),
        })
        .default({}),
      lastState: z.object({ terminated: termination.optional() }).default({}),
    }),
  )
  .default([]);
const shape = z.object({
  spec: z.object({ nodeName: z.string().optional(), containers, initContainers: containers }).prefault({}),
  status: z
    .object({
      phase: z.string().default("Pending"),
      nominatedNodeName: z.string().optional(),
      containerStatuses: statuses,
      initContainerStatuses: statuses,
    })
    .prefault({}),
});

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export function podOf(object: KubeObject): Pod {
  const { spec, status } = shape.parse(object);
  const identity = identityOf(object);
  const conditions = conditionsOf(object.status, identity.generation);
  return {
    ...identity,
    phase: status.phase,
    node: spec.nodeName,
    nominated: status.nominatedNodeName || undefined,
    ready: conditions.Ready?.status === "True",
    conditions,
    containers: [
      ...spec.initContainers.map((each) =>
        containerOf(each, each.restartPolicy === "Always" ? "sidecar" : "init", status.initContainerStatuses),
      ),
      ...spec.containers.map((each) => containerOf(each, "app", status.containerStatuses)),
    ],
  };
}

function containerOf(
  { name, image }: { name: string; image: string },
  role: ContainerRole,
  told: z.output<typeof statuses>,
): Container {
  const status = told.find((each) => each.name === name);
  if (!status) return { name, role, image, ready: false, restarts: 0, state: { is: "unknown" }, last: undefined };
  const { waiting, running, terminated } = status.state;
  return {
    name,
    role,
    image,
    ready: status.ready,
    restarts: status.restartCount,
    state: waiting
      ? { is: "waiting", ...waiting }
      : terminated
        ? { is: "terminated", ...terminated }
        : running
          ? { is: "running" }
          : { is: "unknown" },
    last: status.lastState.terminated,
  };
}
