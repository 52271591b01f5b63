import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import { PodTemplate } from "./pod-template.ts";

const Amount = z.union([z.number(), z.string()]);

const Deployment = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().default(1),
    paused: z.boolean().default(false),
    revisionHistoryLimit: z.number().default(10),
    progressDeadlineSeconds: z.number().default(600),
    minReadySeconds: z.number().default(0),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }),
    strategy: z
      .looseObject({
        type: z.string().default("RollingUpdate"),
        rollingUpdate: z.looseObject({ maxSurge: Amount.optional(), maxUnavailable: Amount.optional() }).nullish(),
      })
      .default({ type: "RollingUpdate" }),
    template: PodTemplate,
  }),
});

const ReplicaSet = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().default(1),
    minReadySeconds: z.number().default(0),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }),
    template: PodTemplate,
  }),
  status: z
    .looseObject({
      replicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      availableReplicas: z.number().default(0),
    })
    .default({ replicas: 0, readyReplicas: 0, availableReplicas: 0 }),
});

export type Deployment = z.infer<typeof Deployment>;
export type ReplicaSet = z.infer<typeof ReplicaSet>;

export function parseDeployment(object: KubeObject): Deployment {
  return Deployment.parse(object);
}

export function parseReplicaSet(object: KubeObject): ReplicaSet {
  return ReplicaSet.parse(object);
}

/** A number or a percentage of `replicas`; a surge is rounded up, unavailability down. */
export function amount(value: number | string | undefined, replicas: number, round: "up" | "down"): number {
  const given = value ?? "25%";
  if (typeof given === "number") {
    return given;
  }
  const exact = (Number.parseFloat(given) / 100) * replicas;
  return given.endsWith("%") ? (round === "up" ? Math.ceil(exact) : Math.floor(exact)) : Number(given);
}

/** True if `owner` is the controller of `object`. */
export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    ({ uid, controller }) => controller && uid === owner.metadata.uid,
  );
}

export function ownerReference(owner: KubeObject) {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? "",
    controller: true,
    blockOwnerDeletion: true,
  };
}
