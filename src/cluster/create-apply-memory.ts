import { createHash } from "node:crypto";
import type { KubeObject } from "../project/ports/cluster.ts";

/** After this an object is applied again though nothing tells of a change: so labels, and what nobody watches, are mended. */
const TRUSTED_MS = { watched: 600_000, unwatched: 60_000 };
/** How often what is no longer trusted is cleared away. */
const SWEEP_MS = 600_000;

export interface ApplyMemory {
  /** What stands, if it is what was applied last and nobody is known to have touched it since. */
  recall(object: KubeObject, cached: KubeObject | "unwatched" | undefined, now: Date): KubeObject | undefined;
  remember(object: KubeObject, stands: KubeObject, now: Date): void;
  forget(ref: { kind: string; namespace?: string; name: string }): void;
}

interface Entry {
  digest: string;
  stands: KubeObject;
  at: number;
}

/**
 * Every pass applies everything, which is what makes it whole; most of the time nothing is to be done. What is watched
 * is known to stand as it was made while its uid and generation are those that the last apply gave.
 */
export function createApplyMemory(): ApplyMemory {
  /** By namespace, as all that one holds goes with it; what is in none by "". */
  const applied = new Map<string, Map<string, Entry>>();
  let sweptAt = 0;

  function sweep(now: number) {
    sweptAt = now;
    for (const [namespace, entries] of applied) {
      for (const [key, { at }] of entries) if (now - at >= TRUSTED_MS.watched) entries.delete(key);
      if (entries.size === 0) applied.delete(namespace);
    }
  }

  return {
    recall(object, cached, now) {
      const known = applied.get(object.metadata.namespace ?? "")?.get(keyOf(object.kind, object.metadata.name));
      const trusted = cached === "unwatched" ? TRUSTED_MS.unwatched : TRUSTED_MS.watched;
      if (!known || known.digest !== digestOf(object) || now.getTime() - known.at >= trusted) return undefined;
      if (cached === "unwatched") return known.stands;
      const { uid, generation } = known.stands.metadata;
      const same =
        cached?.metadata.uid === uid &&
        cached?.metadata.generation === generation &&
        cached?.metadata.deletionTimestamp === undefined;
      return same ? cached : undefined;
    },

    remember(object, { apiVersion, kind, metadata: { name, namespace, uid, generation } }, now) {
      const at = now.getTime();
      if (at - sweptAt >= SWEEP_MS) sweep(at);
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
