import type { KubeObject } from "../store.ts";
import { CLEANUP_FINALIZER } from "./cleanup-finalizer.ts";
import type { DeleteOptions } from "./delete-options.ts";
import { generation } from "./generation.ts";
import type { Kind } from "./kind.ts";

/** The object as it waits for its finalizers, those that this deletion adds among them. */
export function markDeleted(kind: Kind, current: KubeObject, options: DeleteOptions, now: string): KubeObject {
  const first = current.metadata.deletionTimestamp === undefined;
  const finalizers = new Set(current.metadata.finalizers ?? []);
  if (first && options.propagation === "Foreground") finalizers.add("foregroundDeletion");
  if (first && options.propagation === "Orphan") finalizers.add("orphan");
  if (first && kind.kind === "CustomResourceDefinition" && !kind.custom) finalizers.add(CLEANUP_FINALIZER);
  const marked: KubeObject = {
    ...current,
    metadata: {
      ...current.metadata,
      deletionTimestamp: current.metadata.deletionTimestamp ?? now,
      deletionGracePeriodSeconds: 0,
      ...(finalizers.size === 0 ? {} : { finalizers: [...finalizers] }),
    },
  };
  if (kind.group === "" && kind.kind === "Namespace") {
    // The namespace's own finalizers take their time; there is no grace period to tell.
    delete marked.metadata.deletionGracePeriodSeconds;
    marked.status = { ...Object(current.status), phase: "Terminating" };
  }
  return first ? generation.next(kind, marked) : marked;
}
