import { pokeProject } from "../cluster/poke-project.ts";
import type { Request } from "../cluster/request.ts";
import type { Log } from "../project/log.ts";
import { imageOf } from "../project/naming.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { RepositoryName } from "../project/ports/github.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Settings } from "../project/settings.ts";
import { channelOf } from "./channel-of.ts";
import { createRelay } from "./create-relay.ts";
import { projectsOf } from "./projects-of.ts";

export interface Hints {
  /** A webhook told of it: of whose projects it is, the watch cache says, and nobody looks up somebody else's. */
  repository(repository: RepositoryName): void;
  /** One of the projects that have their thread there tells the leader, who wakes the whole channel. */
  channelOpened(channel: string): void;
  /** What was read of it may be old. */
  forget(repository: RepositoryName): void;
  stop(): Promise<void>;
}

/** "Look at this one again", wherever it is heard: said to this replica's queue if it leads, else to the one that does. */
export function createHints(options: {
  ports: Pick<Ports, "github" | "registry">;
  settings: Settings;
  request: Request;
  projects(): KubeObject[];
  leads(): boolean;
  enqueue(project: string): void;
  now(): Date;
  log: Log;
}): Hints {
  const { ports, settings, request, leads, enqueue, now, log } = options;
  const relay = createRelay({ pass: lookAt, now, log });

  async function lookAt(name: string): Promise<void> {
    if (leads()) enqueue(name);
    else await pokeProject(request, { namespace: settings.namespace, name }, now());
  }

  function forget(repository: RepositoryName) {
    ports.github.invalidate(repository);
    ports.registry.forget(imageOf(settings.registryHost, repository.owner, repository.name));
  }

  return {
    forget,

    repository(repository) {
      forget(repository);
      for (const project of projectsOf(repository, options.projects()))
        if (leads()) enqueue(project);
        else relay.tell(project);
    },

    channelOpened(channel) {
      const project = options.projects().find((each) => channelOf(each) === channel);
      if (leads() || !project) return;
      const { name } = project.metadata;
      pokeProject(request, { namespace: settings.namespace, name }, now(), "channelOpened").catch((error: unknown) =>
        log.warn({ error }, "an opened channel was not passed on"),
      );
    },

    stop: relay.stop,
  };
}
