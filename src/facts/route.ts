import type { Ingress } from "./ingress.ts";
import { type Route, routesOf } from "./routes-of.ts";

/** The most particular of those that lead `host` somewhere. https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards */
export function routeOf(ingresses: readonly Ingress[], host: string): Route | undefined {
  return routesOf(ingresses, host)[0];
}
