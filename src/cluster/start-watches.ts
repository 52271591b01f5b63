import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../project/log.ts";
import { PROJECT_LABEL } from "../project/ownership.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Connection } from "./connection.ts";
import { createIntern } from "./create-intern.ts";
import { isServed } from "./is-served.ts";
import type { Kind } from "./kinds.ts";
import { POKES } from "./poke-project.ts";
import { type Reflector, startReflector } from "./reflector.ts";
import type { Request } from "./request.ts";

/** Watched for all projects at once, by our label; Projects themselves by their namespace. */
const WATCHED: readonly Kind[] = [
  "Namespace",
  "GitRepository",
  "Kustomization",
  "Deployment",
  "Pod",
  "Service",
  "EndpointSlice",
  "Ingress",
];

/** cert-manager may be installed, or the API server come back, at any time. */
const ASK_AGAIN_MS = { unserved: 60_000, failed: 1_000 };

export interface Watches {
  of(kind: Kind): Reflector | undefined;
  all(): Reflector[];
  /** Resolves when every watch has its first list. */
  synced: Promise<void>;
}

/** One watch a kind, for all projects; says which project to look at again when something of it changed. */
export function startWatches(options: {
  connection: Connection;
  request: Request;
  namespace: string;
  onHint: (project: string) => void;
  onPoke?: (project: KubeObject) => void;
  onChannelOpened?: (project: KubeObject) => void;
  log: Log;
  silenceMs?: number;
  pageSize?: number;
  /** Ends them all. */
  stopped: AbortSignal;
}): Watches {
  const { connection, request, onHint, log, stopped } = options;
  const intern = createIntern();
  const reflectors = new Map<Kind, Reflector>();
  const start = (kind: Kind, scope: { namespace?: string; labelSelector?: string }) => {
    const onChange = (type: "set" | "deleted", object: KubeObject) => hint(kind, type, object);
    const { silenceMs, pageSize } = options;
    const pace = { silenceMs, pageSize };
    const reflector = startReflector({ kind, ...scope, connection, request, log, intern, onChange, ...pace });
    reflectors.set(kind, reflector);
    return reflector;
  };
  const generations = new Map<string, string>();
  const pokes = new Map<string, Partial<Record<keyof typeof POKES, string | undefined>>>();

  /** Our own writes of a Project's status are no news: only what people changed is, and what other replicas pass on. */
  function hint(kind: Kind, type: "set" | "deleted", object: KubeObject) {
    const { name, labels, uid, generation, annotations } = object.metadata;
    if (kind !== "Project") {
      const project = labels?.[PROJECT_LABEL];
      if (project !== undefined) onHint(project);
    } else if (type === "deleted") {
      generations.delete(name);
      pokes.delete(name);
    } else {
      const before = pokes.get(name);
      const now = { told: annotations?.[POKES.told], channelOpened: annotations?.[POKES.channelOpened] };
      pokes.set(name, now);
      const poked = before !== undefined && before.told !== now.told;
      if (poked) options.onPoke?.(object);
      if (before && before.channelOpened !== now.channelOpened) options.onChannelOpened?.(object);
      if (!poked && generations.get(name) === `${uid}/${generation}`) return;
      generations.set(name, `${uid}/${generation}`);
      onHint(name);
    }
  }

  start("Project", { namespace: options.namespace });
  for (const kind of WATCHED) start(kind, { labelSelector: PROJECT_LABEL });
  const certificates = startWhenServed("Certificate");
  const synced = Promise.all([...[...reflectors.values()].map((each) => each.synced), certificates.known]).then(
    () => {},
  );

  /** A watch of a kind that is not served would only fail. `known`: whether it is served is known, and if so, listed. */
  function startWhenServed(kind: Kind): { known: Promise<void> } {
    const known = Promise.withResolvers<void>();
    void (async () => {
      while (!stopped.aborted) {
        const is = await isServed(kind, request).catch(() => undefined);
        if (stopped.aborted) return;
        if (is) {
          start(kind, { labelSelector: PROJECT_LABEL }).synced.then(known.resolve);
          return;
        }
        if (is === false) known.resolve();
        const pause = is === undefined ? ASK_AGAIN_MS.failed : ASK_AGAIN_MS.unserved;
        await sleep(pause, undefined, { signal: stopped, ref: false }).catch(() => {});
      }
    })();
    return { known: known.promise };
  }

  stopped.addEventListener("abort", () => {
    for (const reflector of reflectors.values()) reflector.stop();
  });
  return { of: (kind) => reflectors.get(kind), all: () => [...reflectors.values()], synced };
}
