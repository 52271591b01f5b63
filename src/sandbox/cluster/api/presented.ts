import { apiVersionOf } from "../store/create-kinds.ts";
import type { Kind } from "../store/kind.ts";
import type { KubeObject } from "../store.ts";

/** The object in the version that was asked for. */
export function presented(kind: Kind, object: KubeObject): KubeObject {
  const { apiVersion: _, kind: __, ...rest } = object;
  return { apiVersion: apiVersionOf(kind), kind: kind.kind, ...rest };
}
