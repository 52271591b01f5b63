import { readFileSync } from "node:fs";
import { z } from "zod";
import type { KubeObject } from "../../src/project/ports/cluster.ts";

/** Whose child each is. */
const OWNERS: Record<string, readonly string[]> = {
  ReplicaSet: ["Deployment"],
  Job: ["CronJob"],
  Pod: ["ReplicaSet", "Job"],
  CertificateRequest: ["Certificate"],
  Order: ["CertificateRequest"],
  Challenge: ["Order"],
};
const FIRST = { "deployment.kubernetes.io/revision": "1" };

const statuses = z.array(z.object({ name: z.string(), image: z.string() })).default([]);
const told = z
  .object({ containerStatuses: statuses, initContainerStatuses: statuses })
  .transform(({ containerStatuses: containers, initContainerStatuses: initContainers }) => ({
    containers,
    initContainers,
  }));

/**
 * As a real cluster gave them (test/fixtures/cluster). Recordings leave out what differs each time, so that it is filled in
 * here: uids, owners, which a child's name begins with, and of a pod's spec what its status names.
 */
export function recorded(name: string): KubeObject[] {
  const file = new URL(`../fixtures/cluster/${name}.json`, import.meta.url);
  const { objects } = JSON.parse(readFileSync(file, "utf8")) as { objects: KubeObject[] }; // recorded by scripts of this repository
  return objects.map((object) => {
    const { kind, metadata } = object;
    const owner = objects.find(
      (each) =>
        OWNERS[kind]?.includes(each.kind) &&
        each.metadata.namespace === metadata.namespace &&
        metadata.name.startsWith(`${each.metadata.name}-`),
    );
    const revised = kind === "Deployment" || kind === "ReplicaSet";
    return {
      ...object,
      ...(kind === "Pod" ? { spec: told.parse(object.status) } : {}),
      metadata: {
        ...metadata,
        uid: uidOf(object),
        ...(revised ? { annotations: { ...FIRST, ...metadata.annotations } } : {}),
        ...(owner
          ? {
              ownerReferences: [
                { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: uidOf(owner) },
              ],
            }
          : {}),
      },
    };
  });
}

export function ofKind(objects: readonly KubeObject[], kind: string): KubeObject[] {
  return objects.filter((each) => each.kind === kind);
}

function uidOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}
