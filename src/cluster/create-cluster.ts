import { z } from "zod";
import { KINDS, type Kind } from "../project/kinds.ts";
import type { Log } from "../project/log.ts";
import { PROJECT_LABEL } from "../project/ownership.ts";
import type { Cluster, KubeObject, ObjectRef } from "../project/ports/cluster.ts";
import type { WatchState } from "../project/ports/doctor.ts";
import type { Fence } from "../project/ports/fence.ts";
import { Problem } from "../project/problem.ts";
import { METADATA_ONLY } from "./accepts.ts";
import type { Connection } from "./connection.ts";
import { createApply } from "./create-apply.ts";
import { createMemo } from "./create-memo.ts";
import { isServed } from "./is-served.ts";
import { managersOf } from "./managers-of.ts";
import { parseAnswer } from "./parse-answer.ts";
import { pathOf } from "./path-of.ts";
import type { Reading } from "./reading.ts";
import type { Reflector } from "./reflector.ts";
import { createRequest } from "./request.ts";
import { startWatches } from "./start-watches.ts";
import { trim } from "./trim.ts";

const FIELD_MANAGER = "slipway";

/** Facts of the whole cluster that every project asks for at every look. */
const CLUSTER_FACTS: readonly string[] = ["Node", "IngressClass", "ClusterIssuer"];
const FACTS_MS = 30_000;

export interface RunningCluster extends Cluster {
  /** Projects from the watch cache. */
  projects(): KubeObject[];
  /** Resolves when every watch has its first list, or is forbidden. */
  synced: Promise<void>;
  /** One sentence for each watch that is not in step, but for those that are forbidden. */
  problems(): string[];
  /** One sentence for each kind but Projects that the bot has no right to watch, as under the manifests of an earlier version: all else is looked after. */
  forbidden(): string[];
  /** How each watch stands. */
  watches(): WatchState[];
  /** Facts of the whole cluster are remembered for a moment: not beyond this one. */
  forget(): void;
  stop(): void;
}

/** Connects to the API server, watches, and says which project to look at again when something of it changed. */
export function createCluster(options: {
  /** How each kind is read, and what is watched: src/evidence. */
  evidence: readonly Reading[];
  connection: Connection;
  /** Where `Project`s live. */
  namespace: string;
  onHint: (project: string) => void;
  /** Another replica was told of something: what is remembered of this project from elsewhere may be old. */
  onPoke?: (project: KubeObject) => void;
  /** Another replica was told that its channel takes messages again. */
  onChannelOpened?: (project: KubeObject) => void;
  clock: { now(): Date };
  log: Log;
  fence?: Fence;
  /** How long a watch may say nothing before its connection is replaced. */
  silenceMs?: number;
  /** How many objects of a kind are asked for at a time. */
  pageSize?: number;
}): RunningCluster {
  const { connection, clock, evidence } = options;
  const readings = new Map(evidence.map((each) => [each.kind, each]));
  const readingOf = (ref: Pick<ObjectRef, "kind">): Reading => readings.get(kindOf(ref)) ?? { kind: kindOf(ref) };
  const stopped = new AbortController();
  const remembered = createMemo(FACTS_MS, clock);
  const request = createRequest(connection, options.fence);
  const applying = createApply({ request, clock, readingOf, read: get, cached: cachedOf });
  const onHint = (project: string, object: KubeObject) => {
    applying.heed(project, object);
    options.onHint(project);
  };
  const watches = startWatches({ ...options, onHint, readings: evidence, request, stopped: stopped.signal });

  async function get(ref: ObjectRef): Promise<KubeObject | undefined> {
    try {
      return trim(readingOf(ref), await request("GET", pathOf(ref.kind, ref.namespace, ref.name)));
    } catch (error) {
      if (error instanceof Problem && error.code === "object-missing") return undefined;
      throw error;
    }
  }

  return {
    synced: watches.synced,
    projects: () => [...(watches.of("Project")?.objects.values() ?? [])],
    problems: () => troubles((each) => !isSpared(each)),
    forbidden: () => troubles(isSpared),
    forget: remembered.forget,
    watches: () =>
      watches.all().map((reflector) => ({
        kind: reflector.kind,
        heardAt: reflector.heardAt(),
        problem: reflector.problem(),
        outSince: reflector.outSince(),
        objects: reflector.objects.size,
        relists: reflector.relists(),
      })),
    stop: () => stopped.abort(),

    get,

    async list(_apiVersion, kind, scope = {}) {
      const cached = watches.of(kindOf({ kind }));
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
      const ask = () => listAll(readingOf({ kind }), scope.namespace, labelSelector);
      return CLUSTER_FACTS.includes(kind) && labelSelector === undefined ? remembered(`list ${kind}`, ask) : ask();
    },

    apply: applying.apply,

    async delete(ref, precondition = {}) {
      applying.forget(ref);
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

    async managers(ref) {
      // By a list: that right there is for all that is watched, and managed fields are left out of what is kept.
      const query = { fieldSelector: `metadata.name=${ref.name}` };
      return managersOf(await request("GET", pathOf(ref.kind, ref.namespace), { query, accept: METADATA_ONLY.list }));
    },

    async can(verb, resource) {
      const answer = await request("POST", pathOf("SelfSubjectAccessReview"), {
        body: {
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectAccessReview",
          spec: { resourceAttributes: { verb, ...resource } },
        },
      });
      return parseAnswer(z.object({ status: z.object({ allowed: z.boolean() }) }), answer).status.allowed;
    },

    serves: async (_apiVersion, kind) =>
      inStep(kind) !== undefined || remembered(`serves ${kind}`, () => isServed(kindOf({ kind }), request)),
  };

  /** What is watched, and is known to be as it is. */
  function inStep(kind: string): Reflector | undefined {
    const reflector = watches.of(kindOf({ kind }));
    return reflector?.problem() === undefined ? reflector : undefined;
  }

  function troubles(which: (reflector: Reflector) => boolean): string[] {
    return watches
      .all()
      .filter((each) => each.problem() !== undefined && which(each))
      .map(({ kind, problem }) => `watch of ${kind}: ${problem()}`);
  }

  /** As the watch knows it; undefined also while the watch is not in step. */
  function cachedOf({ kind, metadata }: KubeObject): KubeObject | "unwatched" | undefined {
    const reflector = watches.of(kindOf({ kind }));
    if (!reflector) return "unwatched";
    return reflector.problem() === undefined ? reflector.objects.get(metadata.name, metadata.namespace) : undefined;
  }

  async function listAll(reading: Reading, namespace: string | undefined, labelSelector: string | undefined) {
    const objects: KubeObject[] = [];
    const onItem = (item: unknown) => void objects.push(trim(reading, item));
    const accept = reading.metadataOnly && METADATA_ONLY.list;
    await request("GET", pathOf(reading.kind, namespace), { query: { labelSelector }, accept, onItem });
    return objects;
  }
}

/** Without its Projects the bot knows of nothing to do; of any other kind it says that it is not known. */
function isSpared({ kind, forbidden }: Reflector): boolean {
  return forbidden() && kind !== "Project";
}

function kindOf(ref: Pick<ObjectRef, "kind">): Kind {
  if (!Object.hasOwn(KINDS, ref.kind)) throw new Error(`${ref.kind} is not in src/project/kinds.ts`);
  return ref.kind as Kind; // just checked
}
