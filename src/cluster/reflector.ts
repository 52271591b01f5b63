import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Kind } from "../project/kinds.ts";
import type { Log } from "../project/log.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import { Problem } from "../project/problem.ts";
import { METADATA_ONLY } from "./accepts.ts";
import type { Connection } from "./connection.ts";
import { createObjects, type Objects } from "./create-objects.ts";
import { parseAnswer } from "./parse-answer.ts";
import { pathOf } from "./path-of.ts";
import type { Reading } from "./reading.ts";
import { reasonOf } from "./reason-of.ts";
import type { Request } from "./request.ts";
import { trim } from "./trim.ts";
import { watchOnce } from "./watch-once.ts";

/**
 * Large, as it is read item by item: after the first page the API server reads from etcd, which is slow.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
const PAGE = { size: 2_500, timeoutMs: 60_000 };
const BACKOFF_MS = { first: 500, most: 30_000 };
/**
 * A connection that says nothing for so long is replaced: a firewall that forgot it would tell neither side. Longer than
 * the minute between two bookmarks, or what is quiet would never get one and in the end be listed anew:
 * https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go (defaultBookmarkFrequency)
 */
const SILENCE_MS = 75_000;
/** Three bookmarks have not come, however alive the connections looked. */
const PATIENCE_MS = 180_000;
/** A connection that stands so long is one that will do. */
const SETTLED_MS = 1_000;
/** So many in a row that ended sooner, with nothing said, are no chance any more. */
const CUT_SHORT = 3;

export interface Reflector {
  kind: Kind;
  /** Everything of the kind that the selector matches. */
  objects: Omit<Objects, "set" | "delete">;
  /** When the server last said anything, bookmarks included; undefined: never listed. */
  heardAt(): Date | undefined;
  /** Why it is not in step, if it is not. */
  problem(): string | undefined;
  /** It is not in step because the bot has no right to list or to watch the kind. */
  forbidden(): boolean;
  /** Since when it is not in step, as far as that is known. */
  outSince(): Date | undefined;
  /** How often everything had to be listed anew. */
  relists(): number;
  /** Resolves once the first list is in, or is forbidden: that may be so for long. */
  synced: Promise<void>;
  stop(): void;
}

const listPage = z.object({
  metadata: z.object({ resourceVersion: z.string().default(""), continue: z.string().optional() }),
});

/**
 * List in pages, then watch from there; resume from the last resourceVersion; list again on 410.
 * @kubernetes/client-node's ListWatch lists without pages, keeps whole objects and ends for good on any error but 410.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export function startReflector(options: {
  reading: Pick<Reading, "kind" | "keep" | "metadataOnly">;
  namespace?: string;
  labelSelector?: string;
  connection: Connection;
  request: Request;
  onChange: (type: "set" | "deleted", object: KubeObject) => void;
  log: Log;
  /** Equal strings as one, shared by all kinds. Without it each object has its own. */
  intern?: (text: string) => string;
  pageSize?: number | undefined;
  silenceMs?: number | undefined;
  patienceMs?: number;
}): Reflector {
  const { reading, labelSelector, request, onChange, intern } = options;
  const { kind, metadataOnly } = reading;
  const path = pathOf(kind, options.namespace);
  const objects = createObjects();
  const stopped = new AbortController();
  const synced = Promise.withResolvers<void>();
  const began = new Date();
  let heardAt: Date | undefined;
  let lists = 0;
  /** Connections in a row that did not come about, or ended before they were settled. */
  let cutShort = 0;
  let trouble: { problem: string; since: Date; forbidden?: boolean } | undefined = {
    problem: "not listed yet",
    since: began,
  };

  const set = (object: KubeObject) => {
    const before = objects.get(object.metadata.name, object.metadata.namespace);
    if (objects.set(object) && !(before && isDeepStrictEqual(told(before), told(object)))) onChange("set", object);
  };
  const remove = (object: KubeObject) => {
    if (objects.delete(object)) onChange("deleted", object);
  };

  async function list(): Promise<string> {
    const gone = new Set(objects.values());
    let token: string | undefined;
    let resourceVersion = "";
    do {
      const onItem = (item: unknown) => {
        const object = trim(reading, item, intern);
        const { name, namespace } = object.metadata;
        const before = objects.get(name, namespace);
        if (before) gone.delete(before);
        set(object);
      };
      const query = { labelSelector, limit: options.pageSize ?? PAGE.size, continue: token };
      const accept = metadataOnly && METADATA_ONLY.list;
      const { timeoutMs } = PAGE;
      const page = parseAnswer(listPage, await request("GET", path, { query, accept, onItem, timeoutMs }));
      heardAt = new Date();
      resourceVersion = page.metadata.resourceVersion;
      token = page.metadata.continue === "" ? undefined : page.metadata.continue;
    } while (token !== undefined);
    for (const object of gone) remove(object);
    lists += 1;
    return resourceVersion;
  }

  const inTrouble = (problem: string, forbidden = false) => {
    trouble = { problem, since: trouble?.since ?? new Date(), forbidden };
  };
  const inStep = () => {
    cutShort = 0;
    trouble = undefined;
  };

  /** Until it ends, and that is no failure: only that no connection came about is, or that none lasts. */
  async function watch(from: string): Promise<string | undefined> {
    let settling: NodeJS.Timeout | undefined;
    let heard = false;
    const begun = Date.now();
    const { at, cut } = await watchOnce({
      connection: options.connection,
      path,
      labelSelector,
      accept: metadataOnly && METADATA_ONLY.watch,
      from,
      silenceMs: options.silenceMs ?? SILENCE_MS,
      signal: stopped.signal,
      onStanding: () => {
        settling = setTimeout(inStep, SETTLED_MS);
      },
      onEvent: (phase, object) => {
        // Before all else: what is no object of the kind was not heard.
        const change =
          phase === "BOOKMARK" ? undefined : trim(reading, object, phase === "DELETED" ? undefined : intern);
        heard = true;
        heardAt = new Date();
        inStep();
        if (change && phase === "DELETED") remove(change);
        else if (change) set(change);
      },
    }).finally(() => clearTimeout(settling));
    if (cut !== undefined && !heard && Date.now() - begun < SETTLED_MS) {
      cutShort += 1;
      if (cutShort >= CUT_SHORT) inTrouble(`each connection ends at once: ${cut}`);
    }
    return at;
  }

  async function run() {
    let version: string | undefined;
    let failures = 0;
    while (!stopped.signal.aborted) {
      try {
        version ??= await list();
        // What could be listed but not be watched falls behind at once.
        if (cutShort === 0) inStep();
        synced.resolve();
        const begun = Date.now();
        version = await watch(version);
        if (Date.now() - begun > SETTLED_MS) failures = 0;
        else await pause(++failures);
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (version !== undefined) cutShort += 1;
        const forbidden = error instanceof Problem && error.code === "rbac-missing";
        inTrouble(error instanceof Problem ? error.evidence : reasonOf(error), forbidden);
        if (forbidden) synced.resolve();
        options.log.warn({ kind, problem: trouble?.problem }, "watch interrupted");
        version = undefined;
        await pause(++failures);
      }
    }
  }

  /** Also where nothing failed: an answer that is waited for too long, a connection that is only held open. */
  function notInStep(): typeof trouble {
    const last = heardAt ?? began;
    const silent = Date.now() - last.getTime();
    if (trouble || silent <= (options.patienceMs ?? PATIENCE_MS)) return trouble;
    return { problem: `the server has said nothing for ${Math.round(silent / 1000)} s`, since: last };
  }

  /** Doubling, with jitter, so that replicas and kinds do not come back all at once. */
  async function pause(failures: number) {
    const most = Math.min(BACKOFF_MS.first * 2 ** (failures - 1), BACKOFF_MS.most);
    await sleep(most * (0.5 + Math.random() / 2), undefined, { signal: stopped.signal }).catch(() => {});
  }

  void run();
  return {
    kind,
    objects,
    heardAt: () => heardAt,
    problem: () => notInStep()?.problem,
    forbidden: () => notInStep()?.forbidden ?? false,
    outSince: () => notInStep()?.since,
    relists: () => Math.max(0, lists - 1),
    synced: synced.promise,
    stop: () => stopped.abort(),
  };
}

/** What of an object is news: a version alone says that something changed which is not kept. */
function told({ metadata: { resourceVersion: _, ...metadata }, ...rest }: KubeObject) {
  return { ...rest, metadata };
}
