import { setTimeout as sleep } from "node:timers/promises";
import type { Kind } from "../project/kinds.ts";
import type { Log } from "../project/log.ts";
import { PROJECT_LABEL } from "../project/ownership.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Connection } from "./connection.ts";
import { createIntern } from "./create-intern.ts";
import { isServed } from "./is-served.ts";
import { POKES } from "./poke-project.ts";
import type { Reading } from "./reading.ts";
import { type Reflector, startReflector } from "./reflector.ts";
import type { Request } from "./request.ts";

/** cert-manager may be installed, or the API server come back, at any time. */
const ASK_AGAIN_MS = { unserved: 60_000, failed: 1_000 };

export interface Watches {
  of(kind: Kind): Reflector | undefined;
  all(): Reflector[];
  /** Resolves when every watch has its first list, or is forbidden. */
  synced: Promise<void>;
}

/** One watch a kind, for all projects; says which project to look at again when something of it changed. */
export function startWatches(options: {
  readings: readonly Reading[];
  connection: Connection;
  request: Request;
  /** Slipway's own. */
  namespace: string;
  onHint: (project: string, object: KubeObject) => void;
  onPoke?: (project: KubeObject) => void;
  onAsked?: (project: KubeObject) => void;
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
  const start = (reading: Reading, by: "label" | "namespace") => {
    const { kind } = reading;
    const scope = by === "label" ? { labelSelector: PROJECT_LABEL } : { namespace: options.namespace };
    const onChange = (type: "set" | "deleted", object: KubeObject) => hint(kind, type, object);
    const { silenceMs, pageSize } = options;
    const pace = { silenceMs, pageSize };
    const reflector = startReflector({ reading, ...scope, connection, request, log, intern, onChange, ...pace });
    reflectors.set(kind, reflector);
    return reflector.synced;
  };
  const generations = new Map<string, string>();
  const pokes = new Map<string, Partial<Record<keyof typeof POKES, string | undefined>>>();

  /** Our own writes of a Project's status are no news: only what people changed is, and what other replicas pass on. */
  function hint(kind: Kind, type: "set" | "deleted", object: KubeObject) {
    const { name, labels, uid, generation, annotations } = object.metadata;
    if (kind !== "Project") {
      const project = labels?.[PROJECT_LABEL];
      if (project !== undefined) onHint(project, object);
    } else if (type === "deleted") {
      generations.delete(name);
      pokes.delete(name);
    } else {
      const before = pokes.get(name);
      const now = {
        told: annotations?.[POKES.told],
        channelOpened: annotations?.[POKES.channelOpened],
      };
      pokes.set(name, now);
      const poked = before !== undefined && before.told !== now.told;
      if (poked) options.onPoke?.(object);
      if (before && before.channelOpened !== now.channelOpened) options.onChannelOpened?.(object);
      if (!poked && generations.get(name) === `${uid}/${generation}`) return;
      generations.set(name, `${uid}/${generation}`);
      onHint(name, object);
    }
  }

  const begun = options.readings.flatMap((reading) => {
    const { watch } = reading;
    if (!watch) return [];
    return watch.whenServed ? startWhenServed(reading, watch.by) : start(reading, watch.by);
  });
  const synced = Promise.all(begun).then(() => {});

  /** A watch of a kind that is not served would only fail. Resolves when that is known, or, where it is served, with its list. */
  function startWhenServed(reading: Reading, by: "label" | "namespace"): Promise<void> {
    const known = Promise.withResolvers<void>();
    void (async () => {
      while (!stopped.aborted) {
        const is = await isServed(reading.kind, request).catch(() => undefined);
        if (stopped.aborted) return;
        if (is) {
          start(reading, by).then(known.resolve);
          return;
        }
        if (is === false) known.resolve();
        const pause = is === undefined ? ASK_AGAIN_MS.failed : ASK_AGAIN_MS.unserved;
        await sleep(pause, undefined, { signal: stopped, ref: false }).catch(() => {});
      }
    })();
    return known.promise;
  }

  stopped.addEventListener("abort", () => {
    for (const reflector of reflectors.values()) reflector.stop();
  });
  return { of: (kind) => reflectors.get(kind), all: () => [...reflectors.values()], synced };
}
