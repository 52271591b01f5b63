import type { KubeObject } from "../store.ts";
import { isObject } from "./is-object.ts";
import type { Kind } from "./kind.ts";

export interface Manager {
  manager: string;
  operation: "Apply" | "Update";
  apiVersion: string;
  subresource: string;
  time: string;
}

export function trackUpdate(
  _kind: Kind,
  _previous: KubeObject | undefined,
  next: KubeObject,
  _by: Manager,
): KubeObject {
  return next;
}

export function applyFields(
  _kind: Kind,
  current: KubeObject | undefined,
  applied: KubeObject,
  _by: Manager,
  _force: boolean,
): KubeObject {
  // The first of these is a KubeObject, so the merge is one.
  return merge(current ?? {}, applied) as KubeObject;
}

function merge(left: unknown, right: unknown): unknown {
  if (!isObject(left) || !isObject(right)) return right;
  return {
    ...left,
    ...Object.fromEntries(Object.entries(right).map(([key, value]) => [key, merge(left[key], value)])),
  };
}
