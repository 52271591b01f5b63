import { routesOf } from "../../facts/routes-of.ts";
import { type WayToPods, wayToPods } from "../../facts/way-to-pods.ts";
import type { SeenEnvironment } from "../rule.ts";
import { siteRule } from "../site-rule.ts";

/**
 * The router gets no answer, and the Service leads to a port that no container of the pods behind it says it has. Such a port
 * may be listened on all the same, so it is told only where nobody answers: by Traefik 3.7 as a 502 where the pod refuses the
 * connection, a 504 where it does not take it up, a 404 or 503 where the port is one that is not there by its name.
 * https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
 */
export const servicePortUndeclared = siteRule({
  code: "service-port-undeclared",
  explains: ["http-502-503-504", "http-404-no-route"],
  needs: ["ingresses", "services", "workloads"],
  confirm: { milliseconds: 15_000 },
  params({ outcome }, seen) {
    const ways = waysOf(seen);
    const [way] = ways;
    const status = outcome.state === "answered" ? outcome.status : 0;
    if (!way || !ways.every((each) => each && leadsAstray(each, status))) return undefined;
    return {
      status,
      namespace: seen.here.environment.namespace,
      service: way.service.name,
      target: way.target,
      named: typeof way.target === "string" ? "yes" : "",
      ports: [
        ...new Set(way.declared.map(({ containerPort, name }) => portText(containerPort, way.target, name))),
      ].join(", "),
    };
  },
});

/** Of every rule that may be the one by which the router goes. */
function waysOf({ here }: SeenEnvironment): (WayToPods | undefined)[] {
  const routes = here.ingresses.known ? routesOf(here.ingresses.value, here.environment.host) : [];
  const named = routes.filter(({ by }) => by !== "any");
  return (named.length > 0 ? named : routes).flatMap(({ backends }) =>
    backends.map((backend) => wayToPods(here, backend)),
  );
}

function leadsAstray({ target, declared }: WayToPods, status: number): boolean {
  if (declared.length === 0) return false;
  if (typeof target === "string") return declared.every(({ name }) => name !== target);
  // Without a pod that is ready, or a route, the number has nothing to do with it.
  return (status === 502 || status === 504) && declared.every(({ containerPort }) => containerPort !== target);
}

/** Where a name is wanted, names are compared. */
function portText(port: number, target: number | string, name: string | undefined): string {
  return typeof target === "string" && name !== undefined ? `${port} (${name})` : String(port);
}
