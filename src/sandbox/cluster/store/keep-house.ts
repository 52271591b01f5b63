import type { ClusterStore } from "../create-store.ts";
import type { Kind } from "./kind.ts";

/** The parts of the controller manager without which an API server does not behave like one: kinds of CRDs, owners, namespaces. */
export function keepHouse(store: ClusterStore, crds: Kind): void {
  store.storage.subscribe(({ kind, object, type }) => {
    if (kind !== crds) return;
    if (type === "DELETED") store.kinds.undefine(object);
    else store.kinds.define(object);
  });
}
