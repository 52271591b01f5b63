import type { ClusterStore } from "../../create-store.ts";
import { ApiStatusError } from "../../status-error.ts";
import type { KubeObject, ObjectKey, Store } from "../../store.ts";
import { refOf } from "../runtime/key.ts";
import { refusal, type ServiceAccount } from "../runtime/refusal.ts";
import { resourceOf } from "../runtime/resource-of.ts";
import { formatKey } from "./inventory.ts";

export interface Change {
  key: ObjectKey;
  action: "created" | "configured" | "unchanged" | "deleted" | "skipped";
}

/** In that order, the rest after it. https://github.com/fluxcd/pkg/blob/ssa/v0.60.0/ssa/sort.go */
const ORDER = [
  "CustomResourceDefinition",
  "Namespace",
  "ClusterRole",
  "ClusterClass",
  "RuntimeClass",
  "PriorityClass",
  "StorageClass",
  "VolumeSnapshotClass",
  "IngressClass",
  "GatewayClass",
  "ClusterRoleBinding",
  "ResourceQuota",
  "ServiceAccount",
  "Role",
  "RoleBinding",
  "ConfigMap",
  "Secret",
  "Service",
  "LimitRange",
  "Deployment",
  "StatefulSet",
  "CronJob",
  "PodDisruptionBudget",
];

export function sortForApply<T extends { kind: string }>(objects: readonly T[]): T[] {
  const rank = ({ kind }: T) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

/**
 * Server-side apply as kustomize-controller does it: everything is tried first, so that one refusal leaves all as it was.
 * Throws Errors in the words of https://github.com/fluxcd/pkg/blob/ssa/v0.60.0/ssa/errors/errors.go.
 */
export function applyObjects(
  store: ClusterStore,
  objects: readonly KubeObject[],
  options: { serviceAccount?: ServiceAccount; fieldManager: string; force: boolean },
): Change[] {
  const sorted = sortForApply(objects);
  for (const object of sorted) {
    tryApply(store, object, sorted, options.serviceAccount);
  }
  return sorted.map((object) => applyOne(store, object, options));
}

function tryApply(
  store: ClusterStore,
  object: KubeObject,
  all: readonly KubeObject[],
  serviceAccount: ServiceAccount | undefined,
): void {
  const subject = formatKey({ kind: object.kind, ...object.metadata });
  const resource = resourceOf(store, object);
  const { namespace } = object.metadata;
  if (resource.namespaced && namespace === undefined) {
    throw new Error(`${subject} namespace not specified: the server could not find the requested resource`);
  }
  if (!isServed(store, object)) {
    throw new Error(
      `${subject} dry-run failed: no matches for kind "${object.kind}" in version "${object.apiVersion}"`,
    );
  }
  const refused = serviceAccount && refusal(store, serviceAccount, "patch", refOf(object));
  if (refused) {
    throw new Error(`${subject} dry-run failed (Forbidden): ${refused}`);
  }
  const made = all.some(({ kind, metadata }) => kind === "Namespace" && metadata.name === namespace);
  if (namespace && !made && !store.get({ apiVersion: "v1", kind: "Namespace", name: namespace })) {
    throw new Error(`${subject} not found: namespaces "${namespace}" not found`);
  }
}

function isServed(store: Store, object: KubeObject): boolean {
  try {
    store.get(refOf(object));
    return true;
  } catch {
    return false;
  }
}

function applyOne(store: Store, object: KubeObject, options: { fieldManager: string; force: boolean }): Change {
  const key = refOf(object);
  const annotations = object.metadata.annotations ?? {};
  if (annotations["kustomize.toolkit.fluxcd.io/reconcile"] === "disabled") {
    return { key, action: "skipped" };
  }
  const before = store.get(key);
  try {
    const after = store.apply(object, { fieldManager: options.fieldManager, force: true });
    const same = before?.metadata.resourceVersion === after.metadata.resourceVersion;
    return { key, action: before === undefined ? "created" : same ? "unchanged" : "configured" };
  } catch (error) {
    if (!(error instanceof ApiStatusError)) {
      throw error;
    }
    const immutable = error.status.reason === "Invalid" && /field is immutable/.test(error.message);
    if (options.force && immutable) {
      store.delete(key);
      store.apply(object, { fieldManager: options.fieldManager, force: true });
      return { key, action: "created" };
    }
    const reason = error.status.reason === undefined ? "" : ` (${error.status.reason})`;
    throw new Error(`${formatKey(key)} dry-run failed${reason}: ${error.message}`);
  }
}
