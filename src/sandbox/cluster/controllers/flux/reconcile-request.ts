import type { KubeObject } from "../../store.ts";

/** Set to ask for a look now: https://fluxcd.io/flux/components/source/gitrepositories/#triggering-a-reconcile */
export function reconcileRequest(object: KubeObject): string | undefined {
  return object.metadata.annotations?.["reconcile.fluxcd.io/requestedAt"];
}
