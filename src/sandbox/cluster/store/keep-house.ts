import { builtinKind } from "./builtin-kind.ts";
import type { ClusterStore } from "./cluster-store.ts";
import type { Change } from "./create-storage.ts";
import { aggregateRoles } from "./housekeeping/aggregate-roles.ts";
import { collectGarbage } from "./housekeeping/collect-garbage.ts";
import { emptyNamespaces } from "./housekeeping/empty-namespaces.ts";
import { establish } from "./housekeeping/establish.ts";
import { furnishNamespace } from "./housekeeping/furnish-namespace.ts";
import { removeCustomObjects } from "./housekeeping/remove-custom-objects.ts";

/**
 * The parts of the controller manager without which an API server does not behave like one: kinds of
 * CustomResourceDefinitions, aggregated roles, what a namespace holds from the start, owners, and the end of namespaces.
 */
export function keepHouse(store: ClusterStore): void {
  const crds = builtinKind("CustomResourceDefinition");
  const namespaces = builtinKind("Namespace");
  const roles = builtinKind("ClusterRole");
  let scheduled = false;

  // Deletions take their course a moment later, so that whoever asked sees the object marked, as on a real cluster.
  const sweep = () => {
    scheduled = false;
    removeCustomObjects(store);
    emptyNamespaces(store);
    collectGarbage(store);
  };

  store.storage.subscribe((change) => {
    const { kind, type, object } = change;
    if (kind === crds) {
      if (type === "DELETED") store.kinds.undefine(object);
      else {
        store.kinds.define(object);
        establish(store, object);
      }
    }
    if (kind === namespaces && type === "ADDED") furnishNamespace(store, object);
    if (kind === roles) aggregateRoles(store);
    if (!scheduled && isForSweep(change)) {
      scheduled = true;
      setImmediate(sweep);
    }
  });
}

function isForSweep({ type, object }: Change): boolean {
  return (
    type === "DELETED" ||
    object.metadata.deletionTimestamp !== undefined ||
    (object.metadata.ownerReferences ?? []).length > 0
  );
}
