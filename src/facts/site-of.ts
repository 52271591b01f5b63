import type { Site } from "../project/ports/sites.ts";
import type { Environment, Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import { urlOf } from "../project/url-of.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";
import { routeOf } from "./route.ts";

type Here = Pick<EnvironmentFacts, "environment" | "ingresses" | "workloads">;

/**
 * Where people reach an environment, once there is a route and something behind it: before that an answer would mean
 * nothing. Where it was reached once it is looked at whatever is behind it now; where no route can be read, as `before`.
 */
export function siteOf(
  project: Project,
  { environment, ingresses, workloads }: Here,
  settings: Settings,
  before: Site | undefined,
): Site | undefined {
  if (!ingresses.known) return before;
  const { name, host } = environment;
  const route = routeOf(ingresses.value, host);
  const serves = workloads.known && workloads.value.some(({ kind, ready }) => kind !== "Job" && ready > 0);
  if (!route || !(serves || wasReached(project, environment))) return undefined;
  // Names below .localhost are this machine's own: https://datatracker.ietf.org/doc/html/rfc6761#section-6.3
  const addresses = host.endsWith(".localhost") ? [] : route.ingress.addresses;
  const [address] = addresses;
  return {
    environment: name,
    host,
    url: urlOf(host, route.tls, settings),
    ...(address === undefined ? {} : { address }),
    ...(addresses.length > 1 ? { addresses } : {}),
    ...(route.by === "any" ? { anyHost: true } : {}),
    ...(isDoubted(project, name) ? { doubt: true } : {}),
  };
}

/** What an old version launched has no URL by environment. */
function wasReached({ status }: Project, { name }: Environment): boolean {
  return status.environments.some((each) => each.name === name && each.url !== undefined) || status.phase === "Live";
}

function isDoubted({ status }: Project, name: string): boolean {
  return (
    status.phase === "Launching" ||
    status.deploys.some(({ state }) => state === "running") ||
    status.findings.some(
      ({ stage, environment = name, recoveredAt }) =>
        stage === "reachable" && environment === name && recoveredAt === undefined,
    )
  );
}
