import type { KubeObject } from "../store.ts";
import { equal } from "./equal.ts";
import { isObject } from "./is-object.ts";
import type { Kind } from "./kind.ts";

const GENERATIONLESS = new Set([
  "ConfigMap",
  "ControllerRevision",
  "Secret",
  "Namespace",
  "Node",
  "Event",
  "ServiceAccount",
  "Service",
  "Endpoints",
  "Lease",
  "ResourceQuota",
  "LimitRange",
  "PersistentVolumeClaim",
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "StorageClass",
  "HorizontalPodAutoscaler",
]);

/** Counts what was asked for, in those built-in kinds that ever did, and in all custom ones. */
export const generation = {
  first: (kind: Kind): { generation?: number } => (counts(kind) ? { generation: 1 } : {}),

  /** After a change: higher by one if something other than metadata and, where it is a subresource, status differs. */
  after: (kind: Kind, before: KubeObject, object: KubeObject): KubeObject =>
    counts(kind) && !equal(essence(kind, before), essence(kind, object)) ? generation.next(kind, object) : object,

  next: (kind: Kind, object: KubeObject): KubeObject =>
    counts(kind)
      ? { ...object, metadata: { ...object.metadata, generation: (object.metadata.generation ?? 0) + 1 } }
      : object,
};

function counts(kind: Kind): boolean {
  return kind.custom || !GENERATIONLESS.has(kind.kind);
}

function essence(kind: Kind, object: KubeObject) {
  const { metadata: _, status, ...rest } = object;
  // Being scheduled is no change of what was asked for.
  if (kind.kind === "Pod" && isObject(rest.spec)) rest.spec = { ...rest.spec, nodeName: "" };
  return kind.status ? rest : { ...rest, status };
}
