import type { Store } from "../store.ts";

/** What a cluster has before anybody has asked it for anything. */
export function bootstrap(store: Store): void {
  for (const name of ["default", "kube-system", "kube-public", "kube-node-lease"]) {
    store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
}
