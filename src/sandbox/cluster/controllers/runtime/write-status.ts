import { isDeepStrictEqual } from "node:util";
import type { KubeObject, Store } from "../../store.ts";
import { refOf } from "./key.ts";

/** Writes `status` if it says something new. Gives the object as it is then; undefined if it is gone. */
export function writeStatus(store: Store, object: KubeObject, status: Record<string, unknown>): KubeObject | undefined {
  const current = store.get(refOf(object));
  if (!current || current.metadata.uid !== object.metadata.uid) {
    return undefined;
  }
  // What JSON cannot say is not there.
  const next: unknown = JSON.parse(JSON.stringify(status));
  return isDeepStrictEqual(current.status, next) ? current : store.updateStatus(refOf(object), next);
}
