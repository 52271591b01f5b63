import type { KubeObject } from "../project/ports/cluster.ts";

/** What is the same of every object: who it is, since when, and whose. */
export interface Identity {
  kind: string;
  name: string;
  namespace: string;
  uid: string;
  generation: number;
  createdAt: Date | undefined;
  /** Asked to go; finalizers and grace are still waited for. */
  deleting: boolean;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Its controller, if it has one. */
  owner: { kind: string; name: string; uid: string } | undefined;
}

export function identityOf({ kind, metadata }: KubeObject): Identity {
  const { name, namespace = "", uid = "", generation = 0, creationTimestamp, deletionTimestamp } = metadata;
  const [owner] = metadata.ownerReferences ?? [];
  return {
    kind,
    name,
    namespace,
    uid,
    generation,
    createdAt: creationTimestamp === undefined ? undefined : new Date(creationTimestamp),
    deleting: deletionTimestamp !== undefined,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    owner: owner && { kind: owner.kind, name: owner.name, uid: owner.uid },
  };
}

/** `GitRepository/rrr/rrr`: the subject of a finding. */
export function subjectOf({ kind, namespace, name }: Pick<Identity, "kind" | "namespace" | "name">): string {
  return [kind, ...(namespace === "" ? [] : [namespace]), name].join("/");
}
