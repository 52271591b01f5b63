import type { ClusterStore } from "../../create-store.ts";
import type { KubeObject } from "../../store.ts";
import { parseIngress } from "../network/ingress.ts";

const CONTROLLER = "traefik.io/ingress-controller";

/**
 * Ingresses of a class of Traefik's, or of none.
 * https://doc.traefik.io/traefik/v3.5/reference/install-configuration/providers/kubernetes/kubernetes-ingress/
 */
export function servedIngresses(store: ClusterStore): KubeObject[] {
  const classes = store
    .list("networking.k8s.io/v1", "IngressClass")
    .filter(
      ({ spec }) => typeof spec === "object" && spec !== null && "controller" in spec && spec.controller === CONTROLLER,
    )
    .map(({ metadata }) => metadata.name);
  return store.list("networking.k8s.io/v1", "Ingress").filter((object) => {
    const name =
      parseIngress(object).spec.ingressClassName ?? object.metadata.annotations?.["kubernetes.io/ingress.class"];
    return !object.metadata.deletionTimestamp && (name === undefined || classes.includes(name));
  });
}
