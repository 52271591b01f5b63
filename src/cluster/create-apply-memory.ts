import { createHash } from "node:crypto";
import type { KubeObject } from "../project/ports/cluster.ts";
import { isWithin } from "./is-within.ts";

/** So long what nobody watches is taken to stand without a thought. */
const UNWATCHED_MS = 60_000;
/** How often what nobody applies any more is cleared away, and after how long. */
const SWEEP_MS = { every: 600_000, unused: 3_600_000 };

export interface ApplyMemory {
  /**
   * What stands, if it is what was applied last and nobody is known to have touched it since. `doubtful`: it is what was
   * applied last, but nobody watches it, and that was a while ago.
   */
  recall(
    object: KubeObject,
    cached: KubeObject | "unwatched" | undefined,
    now: Date,
  ): { stands: KubeObject; doubtful: boolean; at: number } | undefined;
  remember(object: KubeObject, stands: KubeObject, now: Date): void;
  forget(ref: { kind: string; namespace?: string; name: string }): void;
}

interface Entry {
  digest: string;
  stands: KubeObject;
  at: number;
  usedAt: number;
}

/**
 * Every pass applies everything, which is what makes it whole; most of the time nothing is to be done. What is watched
 * is known to stand as it was made while its uid and generation are those that the last apply gave, and its labels and
 * annotations, which have no generation, those that were applied.
 */
export function createApplyMemory(): ApplyMemory {
  /** By namespace, as all that one holds goes with it; what is in none by "". */
  const applied = new Map<string, Map<string, Entry>>();
  let sweptAt = 0;

  function sweep(now: number) {
    sweptAt = now;
    for (const [namespace, entries] of applied) {
      for (const [key, { usedAt }] of entries) if (now - usedAt >= SWEEP_MS.unused) entries.delete(key);
      if (entries.size === 0) applied.delete(namespace);
    }
  }

  return {
    recall(object, cached, now) {
      const known = applied.get(object.metadata.namespace ?? "")?.get(keyOf(object.kind, object.metadata.name));
      if (!known || known.digest !== digestOf(object)) return undefined;
      known.usedAt = now.getTime();
      const { stands, at } = known;
      if (cached === "unwatched") return { stands, at, doubtful: now.getTime() - at >= UNWATCHED_MS };
      const { uid, generation } = stands.metadata;
      if (!cached || cached.metadata.uid !== uid || cached.metadata.generation !== generation) return undefined;
      if (cached.metadata.deletionTimestamp !== undefined) return undefined;
      const { labels, annotations } = object.metadata;
      if (!isWithin({ labels, annotations }, cached.metadata)) return undefined;
      return { stands: cached, at, doubtful: false };
    },

    remember(object, { apiVersion, kind, metadata: { name, namespace, uid, generation } }, now) {
      const at = now.getTime();
      if (at - sweptAt >= SWEEP_MS.every) sweep(at);
      // A namespace made anew holds nothing of what was applied to the one before it.
      if (kind === "Namespace") applied.delete(name);
      // No more than its identity: of a Secret nothing else may be kept.
      const identity = {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        ...(uid === undefined ? {} : { uid }),
        ...(generation === undefined ? {} : { generation }),
      };
      const entries = applied.get(namespace ?? "") ?? new Map<string, Entry>();
      entries.set(keyOf(kind, name), {
        digest: digestOf(object),
        stands: { apiVersion, kind, metadata: identity },
        at,
        usedAt: at,
      });
      applied.set(namespace ?? "", entries);
    },

    forget: ({ kind, namespace, name }) => void applied.get(namespace ?? "")?.delete(keyOf(kind, name)),
  };
}

function keyOf(kind: string, name: string): string {
  return `${kind}/${name}`;
}

function digestOf(object: KubeObject): string {
  return createHash("sha256").update(JSON.stringify(object)).digest("base64");
}
