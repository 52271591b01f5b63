import type { KubeObject } from "../../store.ts";
import type { ClusterStore } from "../cluster-store.ts";
import type { Kind } from "../kind.ts";
import { mergePatch } from "../merge-patch.ts";

interface Stored {
  kind: Kind;
  object: KubeObject;
}

/** https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents */
export function collectGarbage(store: ClusterStore): void {
  const all = store.storage.everything();
  const living = new Set(all.map(({ object }) => object.metadata.uid));
  for (const owner of all) {
    const finalizers = owner.object.metadata.finalizers ?? [];
    if (owner.object.metadata.deletionTimestamp === undefined) continue;
    if (finalizers.includes("orphan")) orphan(store, owner, dependentsOf(all, owner));
    if (finalizers.includes("foregroundDeletion")) deleteDependents(store, owner, dependentsOf(all, owner));
  }
  for (const { kind, object } of store.storage.everything()) {
    const owners = object.metadata.ownerReferences ?? [];
    if (owners.length === 0 || object.metadata.deletionTimestamp !== undefined) continue;
    if (owners.every(({ uid }) => !living.has(uid))) remove(store, { kind, object });
  }
}

function dependentsOf(all: Stored[], owner: Stored): Stored[] {
  return all.filter(({ object }) =>
    (object.metadata.ownerReferences ?? []).some(({ uid }) => uid === owner.object.metadata.uid),
  );
}

function deleteDependents(store: ClusterStore, owner: Stored, dependents: Stored[]): void {
  const waiting = dependents.filter(({ object }) =>
    (object.metadata.ownerReferences ?? []).some(
      (reference) =>
        reference.uid === owner.object.metadata.uid &&
        "blockOwnerDeletion" in reference &&
        reference.blockOwnerDeletion === true,
    ),
  );
  for (const dependent of dependents) {
    if (dependent.object.metadata.deletionTimestamp === undefined) remove(store, dependent, "Foreground");
  }
  if (waiting.length === 0) dropFinalizer(store, owner, "foregroundDeletion");
}

function orphan(store: ClusterStore, owner: Stored, dependents: Stored[]): void {
  for (const { kind, object } of dependents) {
    const ownerReferences = (object.metadata.ownerReferences ?? []).filter(
      ({ uid }) => uid !== owner.object.metadata.uid,
    );
    change(store, { kind, object }, { metadata: { ownerReferences } });
  }
  dropFinalizer(store, owner, "orphan");
}

function dropFinalizer(store: ClusterStore, owner: Stored, finalizer: string): void {
  const finalizers = (owner.object.metadata.finalizers ?? []).filter((one) => one !== finalizer);
  change(store, owner, { metadata: { finalizers } });
}

function change(store: ClusterStore, { kind, object }: Stored, patch: object): void {
  const { namespace, name } = object.metadata;
  if (store.storage.read(kind, namespace, name) === undefined) return;
  store.verbs.patch(kind, namespace, name, (current) => mergePatch(current, patch), {
    manager: "kube-controller-manager",
  });
}

function remove(
  store: ClusterStore,
  { kind, object }: Stored,
  propagation: "Background" | "Foreground" = "Background",
): void {
  const { namespace, name } = object.metadata;
  if (store.storage.read(kind, namespace, name) === undefined) return;
  store.verbs.remove(kind, namespace, name, { propagation });
}
