import type { ClusterStore } from "../../create-store.ts";
import { refusal } from "../runtime/refusal.ts";

/** Without its ClusterRole Traefik runs and knows no route; its log then says `ingresses… is forbidden`. */
export function mayReadIngresses(store: ClusterStore): boolean {
  const account = { namespace: "kube-system", name: "traefik" };
  return (
    refusal(store, account, "list", { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: "" }) === undefined &&
    refusal(store, account, "list", { apiVersion: "v1", kind: "Service", name: "" }) === undefined
  );
}
