import type { Logger } from "pino";
import { createProjects } from "../cluster/projects.ts";
import type { Request } from "../cluster/request.ts";
import type { Config } from "../config.ts";
import { createGitHub } from "../github/create-github.ts";
import { createPullCredential } from "../github/create-pull-credential.ts";
import { createRegistry } from "../github/create-registry.ts";
import { createSites } from "../probes/create-sites.ts";
import type { TurnClock } from "../probes/create-turns.ts";
import type { Cluster } from "../project/ports/cluster.ts";
import type { Fence } from "../project/ports/fence.ts";
import type { People } from "../project/ports/people.ts";
import type { Ports } from "../project/ports/ports.ts";
import { vantagesOf } from "./vantages-of.ts";

/** The world as configuration names it. */
export function createPorts(
  config: Config,
  given: {
    cluster: Cluster;
    request: Request;
    clock: TurnClock & { now(): Date };
    log: Logger;
    fence?: Fence;
    people: People;
    /** Something else was seen of a project's site than before. */
    onSeen?: (project: string) => void;
  },
): Ports {
  const { cluster, request, clock, log, fence, onSeen = () => {} } = given;
  const { settings } = config;
  const vantages = vantagesOf(config, clock);
  return {
    github: createGitHub({ ...config.github, clock, log, ...(fence ? { fence } : {}) }),
    registry: createRegistry({
      ...config.registry,
      // Without a token of its own the pull secret carries the App's, which lasts an hour and is renewed.
      credential:
        config.registry.pull ??
        createPullCredential({
          apiUrl: config.github.apiUrl,
          auth: config.github.auth,
          owner: settings.owner,
          clock,
          log,
        }),
      clock,
    }),
    cluster,
    projects: createProjects(request, settings.namespace),
    vantages,
    sites: createSites({ vantages, clock, onChange: onSeen, ...(fence ? { fence } : {}) }),
    people: given.people,
    clock,
  };
}
