import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import { routeOf } from "../facts/route.ts";

/**
 * What stands behind the route to an environment's host: `nobody` where no Service of it has a ready pod, `no-service` where
 * there is none of that name; empty where somebody stands there, or that could not be read.
 */
export function behind({ environment, ingresses, services }: EnvironmentFacts): "nobody" | "no-service" | "" {
  const route = ingresses.known ? routeOf(ingresses.value, environment.host) : undefined;
  if (!route || !services.known || route.backends.length === 0) return "";
  const named = route.backends.map(({ service }) => services.value.find(({ name }) => name === service));
  if (named.every((each) => each === undefined)) return "no-service";
  return named.every((each) => each === undefined || each.endpoints?.ready === 0) ? "nobody" : "";
}
