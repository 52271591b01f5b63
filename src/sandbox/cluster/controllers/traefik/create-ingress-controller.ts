import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, splitKey } from "../runtime/key.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { mayReadIngresses } from "./may-read-ingresses.ts";
import { servedIngresses } from "./served-ingresses.ts";

/** Traefik's part in the objects: the published Service's address in each Ingress that it serves. */
export function createIngressController({ store }: Cluster): Controller {
  return {
    name: "traefik",
    keysOf: ({ object, type }) => {
      if (object.kind === "Ingress" && type !== "DELETED") {
        return [keyOf(object)];
      }
      // A role, a class or Traefik's own Service may change every route.
      const concernsAll =
        ["IngressClass", "ClusterRole", "ClusterRoleBinding"].includes(object.kind) ||
        (object.kind === "Service" && keyOf(object) === "kube-system/traefik");
      return concernsAll ? store.list("networking.k8s.io/v1", "Ingress").map(keyOf) : [];
    },
    reconcile: (key) => {
      const object = store.get({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", ...splitKey(key) });
      const served = servedIngresses(store).some((ingress) => keyOf(ingress) === key);
      if (!object || !served || !mayReadIngresses(store)) {
        return undefined;
      }
      const published = store.get({ apiVersion: "v1", kind: "Service", namespace: "kube-system", name: "traefik" });
      const ingress = addressesOf(published?.status);
      if (ingress.length > 0) {
        writeStatus(store, object, { loadBalancer: { ingress } });
      }
      return undefined;
    },
  };
}

function addressesOf(status: unknown): { ip: string }[] {
  if (typeof status !== "object" || status === null || !("loadBalancer" in status)) {
    return [];
  }
  const balancer: unknown = status.loadBalancer;
  if (
    typeof balancer !== "object" ||
    balancer === null ||
    !("ingress" in balancer) ||
    !Array.isArray(balancer.ingress)
  ) {
    return [];
  }
  return balancer.ingress.flatMap((entry: unknown) =>
    typeof entry === "object" && entry !== null && "ip" in entry ? [{ ip: String(entry.ip) }] : [],
  );
}
