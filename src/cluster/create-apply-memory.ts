import { createHash } from "node:crypto";
import type { KubeObject } from "../project/ports/cluster.ts";

/** After this an object is applied again though nothing tells of a change: so labels, and what nobody watches, are mended. */
const TRUSTED_MS = { watched: 600_000, unwatched: 60_000 };
/** So many objects, then the ones that are no longer trusted are forgotten. */
const ROOM = 5_000;

export interface ApplyMemory {
  /** What stands, if it is what was applied last and nobody is known to have touched it since. */
  recall(object: KubeObject, cached: KubeObject | "unwatched" | undefined, now: Date): KubeObject | undefined;
  remember(object: KubeObject, stands: KubeObject, now: Date): void;
  forget(ref: { kind: string; namespace?: string; name: string }): void;
}

/**
 * Every pass applies everything, which is what makes it whole; most of the time nothing is to be done. What is watched
 * is known to stand as it was made while its uid and generation are those that the last apply gave.
 */
export function createApplyMemory(): ApplyMemory {
  const applied = new Map<string, { digest: string; stands: KubeObject; at: number }>();

  return {
    recall(object, cached, now) {
      const known = applied.get(keyOf({ kind: object.kind, ...object.metadata }));
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

    remember(object, { apiVersion, kind, metadata }, now) {
      if (applied.size >= ROOM)
        for (const [key, { at }] of applied) if (now.getTime() - at >= TRUSTED_MS.watched) applied.delete(key);
      // No more than its identity: of a Secret nothing else may be kept.
      const entry = { digest: digestOf(object), stands: { apiVersion, kind, metadata }, at: now.getTime() };
      applied.set(keyOf({ kind, ...metadata }), entry);
      // A namespace made anew holds nothing of what was applied to the one before it.
      if (kind !== "Namespace") return;
      for (const [key, { stands }] of applied) if (stands.metadata.namespace === metadata.name) applied.delete(key);
    },

    forget: (ref) => void applied.delete(keyOf(ref)),
  };
}

function keyOf({ kind, namespace, name }: { kind: string; namespace?: string; name: string }): string {
  return `${kind}/${namespace ?? ""}/${name}`;
}

function digestOf(object: KubeObject): string {
  return createHash("sha256").update(JSON.stringify(object)).digest("hex");
}
