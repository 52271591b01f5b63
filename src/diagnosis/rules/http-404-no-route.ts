import type { EnvironmentFacts } from "../../facts/environment-facts.ts";
import { routeOf } from "../../facts/route.ts";
import { siteRule } from "../site-rule.ts";

/**
 * The router knows no route for the host: it answers as it does for a name that nobody has. Traefik 3.7, seen on a cluster,
 * says `404 page not found` in plain text then: without an Ingress of its class, for a path that none names, for a Service
 * that is not there, and for one without a ready pod too (but for providers.kubernetesIngress.allowEmptyServices, where that
 * is a 503, `no available server`).
 * https://doc.traefik.io/traefik/providers/kubernetes-ingress/#allowemptyservices
 */
export const http404NoRoute = siteRule({
  why: "http-404-no-route",
  // It takes up a new Ingress within two seconds or so.
  confirm: { milliseconds: 10_000 },
  params: (_, { here }) => ({ namespace: here.environment.namespace, behind: behind(here) }),
});

/**
 * What stands behind the route to an environment's host: `nobody` where no Service of it has a ready pod, `no-service` where
 * there is none of that name; empty where somebody stands there, or that could not be read.
 */
function behind({ environment, ingresses, services }: EnvironmentFacts): "nobody" | "no-service" | "" {
  const route = ingresses.known ? routeOf(ingresses.value, environment.host) : undefined;
  if (!route || !services.known || route.backends.length === 0) return "";
  const named = route.backends.map(({ service }) => services.value.find(({ name }) => name === service));
  if (named.every((each) => each === undefined)) return "no-service";
  return named.every((each) => each === undefined || each.endpoints?.ready === 0) ? "nobody" : "";
}
