import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Log } from "../project/log.ts";
import { PROJECT_LABEL } from "../project/ownership.ts";
import type { Cluster, KubeObject, ObjectRef } from "../project/ports/cluster.ts";
import type { WatchState } from "../project/ports/doctor.ts";
import { Problem } from "../project/problem.ts";
import type { Connection } from "./connection.ts";
import { createApplyMemory } from "./create-apply-memory.ts";
import { createIntern } from "./create-intern.ts";
import { createMemo } from "./create-memo.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { pathOf } from "./path-of.ts";
import { POKE_ANNOTATION } from "./poke-project.ts";
import { type Reflector, startReflector } from "./reflector.ts";
import { createRequest } from "./request.ts";
import { trim } from "./trim.ts";

const FIELD_MANAGER = "slipway";

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

/** Facts of the whole cluster that every project asks for at every look. */
const CLUSTER_FACTS: readonly string[] = ["Node", "IngressClass", "ClusterIssuer"];
const FACTS_MS = 30_000;
/** cert-manager may be installed, or the API server come back, at any time. */
const ASK_AGAIN_MS = { unserved: 60_000, failed: 1_000 };

export interface RunningCluster extends Cluster {
  /** Projects from the watch cache. */
  projects(): KubeObject[];
  /** Resolves when every watch has its first list; rejects when `signal` aborts first. */
  synced: Promise<void>;
  /** One sentence for each watch that is not in step. */
  problems(): string[];
  /** How each watch stands. */
  watches(): WatchState[];
  /** Facts of the whole cluster are remembered for a moment: not beyond this one. */
  forget(): void;
  stop(): void;
}

/** Connects to the API server, watches, and says which project to look at again when something of it changed. */
export function createCluster(options: {
  connection: Connection;
  /** Where `Project`s live. */
  namespace: string;
  onHint: (project: string) => void;
  /** Another replica was told of something: what is remembered of this project from elsewhere may be old. */
  onPoke?: (project: KubeObject) => void;
  clock: { now(): Date };
  log: Log;
  /** How long a watch may say nothing before its connection is replaced. */
  silenceMs?: number;
  /** How many objects of a kind are asked for at a time. */
  pageSize?: number;
}): RunningCluster {
  const { connection, onHint, clock, log } = options;
  const stopped = new AbortController();
  const applied = createApplyMemory();
  const remembered = createMemo(FACTS_MS, clock);
  const request = createRequest(connection);
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
  const pokes = new Map<string, string | undefined>();

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
      const poke = annotations?.[POKE_ANNOTATION];
      const poked = pokes.has(name) && pokes.get(name) !== poke;
      pokes.set(name, poke);
      if (poked) options.onPoke?.(object);
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
      while (!stopped.signal.aborted) {
        const is = await served(kind, request).catch(() => undefined);
        if (stopped.signal.aborted) return;
        if (is) {
          start(kind, { labelSelector: PROJECT_LABEL }).synced.then(known.resolve);
          return;
        }
        if (is === false) known.resolve();
        const pause = is === undefined ? ASK_AGAIN_MS.failed : ASK_AGAIN_MS.unserved;
        await sleep(pause, undefined, { signal: stopped.signal, ref: false }).catch(() => {});
      }
    })();
    return { known: known.promise };
  }

  return {
    synced,
    projects: () => [...(reflectors.get("Project")?.objects.values() ?? [])],
    problems: () =>
      [...reflectors.values()].flatMap((reflector) => {
        const problem = reflector.problem();
        return problem === undefined ? [] : [`watch of ${reflector.kind}: ${problem}`];
      }),
    forget: remembered.forget,
    watches: () =>
      [...reflectors.values()].map((reflector) => ({
        kind: reflector.kind,
        heardAt: reflector.heardAt(),
        problem: reflector.problem(),
        outSince: reflector.outSince(),
        objects: reflector.objects.size,
        relists: reflector.relists(),
      })),
    stop: () => {
      stopped.abort();
      for (const reflector of reflectors.values()) reflector.stop();
    },

    async get(ref) {
      try {
        return trim(kindOf(ref), await request("GET", pathOf(ref.kind, ref.namespace, ref.name)));
      } catch (error) {
        if (error instanceof Problem && error.code === "object-missing") return undefined;
        throw error;
      }
    },

    async list(_apiVersion, kind, scope = {}) {
      const cached = reflectors.get(kindOf({ kind }));
      const selector = Object.entries(scope.labels ?? {});
      const project = scope.labels?.[PROJECT_LABEL];
      if (cached?.problem() === undefined && cached && project !== undefined) {
        return cached.objects
          .ofProject(project)
          .filter(
            (object) =>
              (scope.namespace === undefined || object.metadata.namespace === scope.namespace) &&
              selector.every(([name, value]) => object.metadata.labels?.[name] === value),
          );
      }
      const labelSelector = selector.length === 0 ? undefined : selector.map((pair) => pair.join("=")).join(",");
      const ask = () => listAll(kindOf({ kind }), scope.namespace, labelSelector);
      return CLUSTER_FACTS.includes(kind) && labelSelector === undefined ? remembered(`list ${kind}`, ask) : ask();
    },

    async apply(object) {
      const { name, namespace } = object.metadata;
      const known = applied.recall(object, cachedOf(object), clock.now());
      if (known) return known;
      const stands = trim(
        kindOf(object),
        await request("PATCH", pathOf(object.kind, namespace, name), {
          query: { fieldManager: FIELD_MANAGER, force: true },
          body: object,
          contentType: "application/apply-patch+yaml",
        }),
      );
      applied.remember(object, stands, clock.now());
      return stands;
    },

    async delete(ref, precondition = {}) {
      applied.forget(ref);
      try {
        await request("DELETE", pathOf(ref.kind, ref.namespace, ref.name), {
          body: {
            apiVersion: "v1",
            kind: "DeleteOptions",
            propagationPolicy: "Background",
            ...(precondition.uid === undefined ? {} : { preconditions: { uid: precondition.uid } }),
          },
        });
      } catch (error) {
        // Gone, or another of that name stands there now (409 on the uid): neither is ours to remove.
        if (error instanceof Problem && ["object-missing", "object-conflict"].includes(error.code)) return;
        throw error;
      }
    },

    async poke(ref) {
      // https://fluxcd.io/flux/components/source/gitrepositories/#triggering-a-reconcile
      await request("PATCH", pathOf(ref.kind, ref.namespace, ref.name), {
        query: { fieldManager: `${FIELD_MANAGER}-poke` },
        body: { metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": clock.now().toISOString() } } },
        contentType: "application/merge-patch+json",
      });
    },

    async can(verb, resource) {
      const answer = await request("POST", pathOf("SelfSubjectAccessReview"), {
        body: {
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectAccessReview",
          spec: { resourceAttributes: { verb, ...resource } },
        },
      });
      return z.object({ status: z.object({ allowed: z.boolean() }) }).parse(answer).status.allowed;
    },

    serves: (_apiVersion, kind) => remembered(`serves ${kind}`, () => served(kindOf({ kind }), request)),
  };

  /** As the watch knows it; undefined also while the watch is not in step. */
  function cachedOf({ kind, metadata }: KubeObject): KubeObject | "unwatched" | undefined {
    const reflector = reflectors.get(kindOf({ kind }));
    if (!reflector) return "unwatched";
    return reflector.problem() === undefined ? reflector.objects.get(metadata.name, metadata.namespace) : undefined;
  }

  async function listAll(kind: Kind, namespace: string | undefined, labelSelector: string | undefined) {
    const objects: KubeObject[] = [];
    const { apiVersion } = KINDS[kind];
    const onItem = (item: unknown) => void objects.push(trim(kind, { apiVersion, kind, ...Object(item) }));
    await request("GET", pathOf(kind, namespace), { query: { labelSelector }, onItem });
    return objects;
  }
}

async function served(kind: Kind, request: ReturnType<typeof createRequest>): Promise<boolean> {
  const { apiVersion, plural } = KINDS[kind];
  try {
    const answer = await request("GET", apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
    const list = z.object({ resources: z.array(z.object({ name: z.string() })) }).parse(answer);
    return list.resources.some((resource) => resource.name === plural);
  } catch (error) {
    if (error instanceof Problem && error.code === "object-missing") return false;
    throw error;
  }
}

function kindOf(ref: Pick<ObjectRef, "kind">): Kind {
  if (!Object.hasOwn(KINDS, ref.kind)) throw new Error(`${ref.kind} is not in src/cluster/kinds.ts`);
  return ref.kind as Kind; // just checked
}
