import { ALLOW_EMPTY_SERVICES } from "../../addons/traefik.ts";
import type { ClusterStore } from "../../create-store.ts";
import type { KubeObject } from "../../store.ts";
import { type IngressBackend, parseIngress } from "../network/ingress.ts";
import { selectedPods, targetPort } from "../network/selected-pods.ts";
import { parseService } from "../network/service.ts";
import { mayReadIngresses } from "./may-read-ingresses.ts";
import { servedIngresses } from "./served-ingresses.ts";

export type Route =
  /** Also where the Service is not there, or has not that port: Traefik makes no router then. */
  | { state: "none" }
  | { state: "unavailable" }
  | { state: "found"; endpoints: readonly { pod: KubeObject; port: number }[] };

/** Where Traefik sends a request for `host` and `path`. The longest rule wins. */
export function findRoute(store: ClusterStore, host: string, path: string): Route {
  if (!mayReadIngresses(store)) {
    return { state: "none" };
  }
  const rules = servedIngresses(store).flatMap((object) =>
    parseIngress(object).spec.rules.flatMap((rule) =>
      (rule.http?.paths ?? [])
        .filter((entry) => hostMatches(rule.host, host) && pathMatches(entry.path, entry.pathType, path))
        .map((entry) => ({ object, entry, weight: (rule.host ?? "").length * 1_000 + entry.path.length })),
    ),
  );
  const best = rules.sort((a, b) => b.weight - a.weight)[0];
  return best ? toBackend(store, best.object, best.entry.backend) : { state: "none" };
}

function toBackend(store: ClusterStore, ingress: KubeObject, { service }: IngressBackend): Route {
  const { namespace } = ingress.metadata;
  const object = service && store.get({ apiVersion: "v1", kind: "Service", namespace, name: service.name });
  // https://github.com/traefik/traefik/blob/v3.7.0/pkg/provider/kubernetes/ingress/kubernetes.go (loadService)
  const port =
    object &&
    parseService(object).spec.ports.find(
      ({ name, port: number }) => number === service.port.number || (name !== undefined && name === service.port.name),
    );
  // Names elsewhere are not followed unless Traefik is told to (allowExternalNameServices).
  if (!object || !port || parseService(object).spec.type === "ExternalName") {
    return { state: "none" };
  }
  // Also a pod that has no port of the name that is wanted is no endpoint.
  const endpoints = selectedPods(store, object)
    .filter(({ ready }) => ready)
    .flatMap(({ object: pod }) => {
      const number = targetPort(pod, port);
      return number === undefined ? [] : [{ pod, port: number }];
    });
  if (endpoints.length === 0) {
    return allowsEmptyServices(store) ? { state: "unavailable" } : { state: "none" };
  }
  return { state: "found", endpoints };
}

function allowsEmptyServices(store: ClusterStore): boolean {
  const traefik = store.get({ apiVersion: "apps/v1", kind: "Deployment", namespace: "kube-system", name: "traefik" });
  return JSON.stringify(traefik?.spec ?? {}).includes(`"${ALLOW_EMPTY_SERVICES}"`);
}

function hostMatches(rule: string | undefined, host: string): boolean {
  if (!rule) {
    return true;
  }
  return rule.startsWith("*.") ? host.split(".").slice(1).join(".") === rule.slice(2) : rule.toLowerCase() === host;
}

function pathMatches(rule: string, type: string, path: string): boolean {
  if (type === "Exact") {
    return path === rule;
  }
  const prefix = rule.replace(/\/$/, "");
  return path === prefix || path.startsWith(`${prefix}/`) || prefix === "";
}
