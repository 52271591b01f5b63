import type { KubeObject } from "../../store.ts";
import { keyOf } from "../runtime/key.ts";

/** The key of an object of `kind`, or of the one that controls the object. */
export function keysOfOwner(object: KubeObject, kind: string): string[] {
  if (object.kind === kind) {
    return [keyOf(object)];
  }
  const owner = object.metadata.ownerReferences?.find(({ controller }) => controller);
  return owner?.kind === kind ? [`${object.metadata.namespace ?? ""}/${owner.name}`] : [];
}
