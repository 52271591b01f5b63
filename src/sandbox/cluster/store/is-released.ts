import type { KubeObject } from "../store.ts";
import { at } from "./at.ts";
import type { Kind } from "./kind.ts";

/** Whether nothing holds a deleted object any more; a namespace has finalizers of its own in `spec`. */
export function isReleased(kind: Kind, object: KubeObject): boolean {
  if ((object.metadata.finalizers ?? []).length > 0) return false;
  if (kind.group !== "" || kind.kind !== "Namespace") return true;
  const held = at(object, "spec.finalizers");
  return !Array.isArray(held) || held.length === 0;
}
