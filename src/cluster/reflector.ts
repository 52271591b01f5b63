import { setTimeout as sleep } from "node:timers/promises";
import { type KubeConfig, Watch } from "@kubernetes/client-node";
import { z } from "zod";
import type { Log } from "../project/log.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import { Problem } from "../project/problem.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { pathOf } from "./path-of.ts";
import { reasonOf } from "./reason-of.ts";
import type { Request } from "./request.ts";
import { trim } from "./trim.ts";

const PAGE = 500;
const BACKOFF_MS = { first: 500, most: 30_000 };
/** A connection that says nothing for so long is replaced: a firewall that forgot it would tell neither side. */
const SILENCE_MS = 30_000;

export interface Reflector {
  kind: Kind;
  /** Everything of the kind that the selector matches, by `namespace/name`. */
  objects: ReadonlyMap<string, KubeObject>;
  /** When the server last said anything, bookmarks included; undefined: never listed. */
  heardAt(): Date | undefined;
  /** Why it is not in step, if it is not. */
  problem(): string | undefined;
  /** Resolves once the first list is in. */
  synced: Promise<void>;
  stop(): void;
}

/** The version to go on from; undefined: it is too old, and all must be listed anew. */
interface Ended {
  at: string | undefined;
}

const listPage = z.object({
  metadata: z.object({ resourceVersion: z.string().default(""), continue: z.string().optional() }),
  items: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })),
});

/**
 * List in pages, then watch from there; resume from the last resourceVersion; list again on 410.
 * The client's own ListWatch lists without pages and ends for good on any error but 410, so this stands on its `Watch`.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export function startReflector(options: {
  kind: Kind;
  namespace?: string;
  labelSelector?: string;
  kubeConfig: KubeConfig;
  request: Request;
  onChange: (type: "set" | "deleted", object: KubeObject) => void;
  log: Log;
  silenceMs?: number;
}): Reflector {
  const { kind, labelSelector, request, onChange } = options;
  const path = pathOf(kind, options.namespace);
  const objects = new Map<string, KubeObject>();
  const stopped = new AbortController();
  const synced = Promise.withResolvers<void>();
  let heardAt: Date | undefined;
  let problem: string | undefined = "not listed yet";

  const set = (raw: unknown) => {
    const object = trim(kind, raw);
    const key = keyOf(object);
    if (objects.get(key)?.metadata.resourceVersion === object.metadata.resourceVersion) return;
    objects.set(key, object);
    onChange("set", object);
  };
  const remove = (object: KubeObject) => {
    if (objects.delete(keyOf(object))) onChange("deleted", object);
  };

  async function list(): Promise<string> {
    const seen = new Set<string>();
    let token: string | undefined;
    let resourceVersion = "";
    do {
      const page = listPage.parse(
        await request("GET", path, { query: { labelSelector, limit: PAGE, continue: token } }),
      );
      for (const item of page.items) {
        // Items of a list carry neither apiVersion nor kind.
        const whole = { ...item, apiVersion: KINDS[kind].apiVersion, kind };
        seen.add(keyOf(trim(kind, whole)));
        set(whole);
      }
      resourceVersion = page.metadata.resourceVersion;
      token = page.metadata.continue === "" ? undefined : page.metadata.continue;
    } while (token !== undefined);
    for (const [key, object] of [...objects]) if (!seen.has(key)) remove(object);
    heardAt = new Date();
    return resourceVersion;
  }

  /** Ends when the connection does. Rejects where none came about. */
  function watch(from: string): Promise<Ended> {
    let at: string | undefined = from;
    let connection: AbortController | undefined;
    const abort = () => connection?.abort();
    // The client's own field, which its type hides.
    const client = new Watch(options.kubeConfig);
    Object.assign(client, { requestTimeoutMs: options.silenceMs ?? SILENCE_MS });
    return new Promise<Ended>((resolve, reject) => {
      const ended = (error: unknown) => {
        if (statusOf(error) === 410) resolve({ at: undefined });
        // Silence, a closed and a cut connection are the ordinary ends of a watch: it goes on from where it was.
        else if (connection || !error || isTimeout(error)) resolve({ at });
        else reject(error);
      };
      client
        .watch(
          path,
          { labelSelector, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: 300 },
          (phase, object) => {
            heardAt = new Date();
            if (phase === "ERROR") {
              at = undefined;
              return;
            }
            const version = object?.metadata?.resourceVersion;
            if (typeof version === "string" && at !== undefined) at = version;
            if (phase === "ADDED" || phase === "MODIFIED") set(object);
            if (phase === "DELETED") remove(trim(kind, object));
          },
          ended,
        )
        .then((controller) => {
          connection = controller;
          if (stopped.signal.aborted) abort();
        }, reject);
      stopped.signal.addEventListener("abort", abort, { once: true });
    }).finally(() => stopped.signal.removeEventListener("abort", abort));
  }

  async function run() {
    let version: string | undefined;
    let failures = 0;
    while (!stopped.signal.aborted) {
      try {
        version ??= await list();
        problem = undefined;
        synced.resolve();
        const began = Date.now();
        version = (await watch(version)).at;
        if (Date.now() - began > 1_000) failures = 0;
        else await pause(++failures);
      } catch (error) {
        if (stopped.signal.aborted) return;
        problem = error instanceof Problem ? error.evidence : reasonOf(error);
        options.log.warn({ kind, problem }, "watch interrupted");
        version = undefined;
        await pause(++failures);
      }
    }
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
    problem: () => problem,
    synced: synced.promise,
    stop: () => stopped.abort(),
  };
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
}

function statusOf(error: unknown): number | undefined {
  return typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : undefined;
}
