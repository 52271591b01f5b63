import { behind } from "../behind.ts";
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
