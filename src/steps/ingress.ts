import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import { routeOf } from "../facts/route.ts";
import type { Route } from "../facts/routes-of.ts";
import type { Outcome } from "../project/outcome.ts";
import type { Step } from "./step.ts";
import { unreadable } from "./unreadable.ts";

/** A route that the repository brings leads the environment's host somewhere. */
export const ingress: Step = {
  name: "ingress",
  scope: "environment",
  stage: "ingress",
  after: ["rollout"],

  async ensure({ here }): Promise<Outcome> {
    const { host } = here.environment;
    if (!here.ingresses.known) return unreadable(here.ingresses.reason);
    const route = routeOf(here.ingresses.value, host);
    if (!route) return { state: "waiting", reason: "IngressMissing", params: { host } };
    return { state: "done", reason: "IngressReady", params: { host, port: targetPort(here, route) ?? "" } };
  },
};

/** Where the application listens, by following names from the Ingress through the Service to the container. */
function targetPort({ services, workloads }: EnvironmentFacts, { backends: [backend] }: Route): number | undefined {
  if (!services.known || !workloads.known) return undefined;
  const service = services.value.find(({ name }) => name === backend?.service);
  const port = service?.ports.find((each) => each.port === backend?.port || each.name === backend?.port);
  const target = port?.targetPort;
  if (typeof target !== "string") return target;
  return workloads.value
    .flatMap(({ containers }) => containers.flatMap(({ ports }) => ports))
    .find(({ name }) => name === target)?.containerPort;
}
