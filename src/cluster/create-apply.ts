import { z } from "zod";
import { PROJECT_LABEL } from "../project/ownership.ts";
import type { KubeObject, ObjectRef } from "../project/ports/cluster.ts";
import { createApplyMemory } from "./create-apply-memory.ts";
import { isWithin } from "./is-within.ts";
import { pathOf } from "./path-of.ts";
import type { Reading } from "./reading.ts";
import type { Request } from "./request.ts";
import { trim } from "./trim.ts";

const FIELD_MANAGER = "slipway";

export interface Apply {
  /** Server-side apply; nothing is sent where what is wanted is known to stand. */
  apply(object: KubeObject): Promise<KubeObject>;
  /** It is not to be relied on that it stands. */
  forget(ref: Pick<ObjectRef, "kind" | "namespace" | "name">): void;
  /** Something of that project has changed: where it fails, what it uses may be gone. */
  heed(project: string, object: KubeObject): void;
}

export function createApply(options: {
  request: Request;
  clock: { now(): Date };
  readingOf(ref: Pick<ObjectRef, "kind">): Reading;
  read(ref: ObjectRef): Promise<KubeObject | undefined>;
  /** As its watch knows it. */
  cached(object: KubeObject): KubeObject | "unwatched" | undefined;
}): Apply {
  const { request, clock, readingOf, read, cached } = options;
  const applied = createApplyMemory();
  /** When something of a project was last seen to fail, in milliseconds. */
  const failedAt = new Map<string, number>();

  /** What stands, if nothing is to be done. Nobody tells of what is not watched: it is looked at, where that may be done. */
  async function standing(object: KubeObject): Promise<KubeObject | undefined> {
    const known = applied.recall(object, cached(object), clock.now());
    if (!known?.doubtful) return known?.stands;
    const { kind, apiVersion, metadata } = object;
    if (!mayBeRead(readingOf(object))) {
      // A Secret may not be read: that one is gone shows in what uses it, a source or a pod, of which a watch tells.
      const failed = failedAt.get(metadata.labels?.[PROJECT_LABEL] ?? "") ?? 0;
      return failed < known.at ? known.stands : undefined;
    }
    const found = await read({ apiVersion, kind, ...metadata });
    if (!found || found.metadata.deletionTimestamp !== undefined || !isWithin(object, found)) return undefined;
    applied.remember(object, found, clock.now());
    return found;
  }

  async function apply(object: KubeObject): Promise<KubeObject> {
    const { name, namespace } = object.metadata;
    const stood = await standing(object);
    if (stood) return stood;
    // Should the answer be lost, nobody knows whether this stands or what was applied before it.
    applied.forget({ ...object.metadata, kind: object.kind });
    const stands = trim(
      readingOf(object),
      await request("PATCH", pathOf(object.kind, namespace, name), {
        query: { fieldManager: FIELD_MANAGER, force: true },
        body: object,
        contentType: "application/apply-patch+yaml",
      }),
    );
    applied.remember(object, stands, clock.now());
    return stands;
  }

  return {
    apply,
    forget: applied.forget,
    heed(project, object) {
      if (isFailing(object)) failedAt.set(project, clock.now().getTime());
    },
  };
}

const Conditions = z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })) });

/** As Flux and the kubelet say it. That it is being looked at anew, as Flux says at each interval, is no failure. */
function isFailing({ status }: KubeObject): boolean {
  const { data } = Conditions.safeParse(status);
  return data?.conditions.some((each) => each.type === "Ready" && each.status === "False") ?? false;
}

function mayBeRead({ rights = [] }: Reading): boolean {
  return rights.some(({ verbs }) => verbs.includes("get"));
}
