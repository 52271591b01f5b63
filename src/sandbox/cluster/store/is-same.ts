import type { KubeObject } from "../store.ts";
import { equal } from "./equal.ts";

/** Whether a write would change nothing but the times of its managers: such a write makes no new version. */
export function isSame(left: KubeObject, right: KubeObject): boolean {
  return equal(untimed(left), untimed(right));
}

function untimed(object: KubeObject) {
  const { resourceVersion: _, managedFields, ...metadata } = object.metadata;
  const managers = Array.isArray(managedFields) ? managedFields.map((entry) => ({ ...Object(entry), time: "" })) : [];
  return { ...object, metadata: { ...metadata, managers } };
}
