import type { KubeObject, Store } from "../../store.ts";
import { refOf } from "./key.ts";

/** Adds `finalizer` if it is not there; true if it had to. */
export function addFinalizer(store: Store, object: KubeObject, finalizer: string): boolean {
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(finalizer)) {
    return false;
  }
  store.mergePatch(refOf(object), { metadata: { finalizers: [...finalizers, finalizer] } });
  return true;
}

export function removeFinalizer(store: Store, object: KubeObject, finalizer: string): void {
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(finalizer)) {
    store.mergePatch(refOf(object), { metadata: { finalizers: finalizers.filter((other) => other !== finalizer) } });
  }
}
