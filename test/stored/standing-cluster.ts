import { isDeepStrictEqual } from "node:util";
import type { Cluster, KubeObject, ObjectRef } from "../../src/project/ports/cluster.ts";

export interface StandingCluster {
  cluster: Cluster;
  /** As it stands now, by `Kind/namespace/name`. */
  objects: Map<string, KubeObject>;
  /** What was asked to go. */
  deleted: string[];
}

const keyOf = ({ kind, namespace, name }: Omit<ObjectRef, "apiVersion">) => `${kind}/${namespace ?? ""}/${name}`;

/**
 * A cluster that stays as it was recorded: nothing moves by itself. What is applied is merged as server-side apply does,
 * from the fields that `slipway` is recorded to own, and the controllers have seen it at once and find all as before. A
 * source that is new fetches what the recorded one fetched, if that could.
 */
export function standingCluster(recorded: readonly KubeObject[]): StandingCluster {
  const objects = new Map(
    structuredClone(recorded).map((each) => [keyOf({ kind: each.kind, ...each.metadata }), each] as const),
  );
  const deleted: string[] = [];

  function apply(given: KubeObject): KubeObject {
    const key = keyOf({ kind: given.kind, ...given.metadata });
    const before = objects.get(key);
    if (!before) {
      const made = { ...structuredClone(given), metadata: { ...given.metadata, uid: key, generation: 1 } };
      objects.set(key, given.kind === "GitRepository" ? { ...made, status: fetchedBeside(given) } : made);
      return structuredClone(objects.get(key) ?? made);
    }
    const spec = merged(without(before.spec, ownedSpec(before)), given.spec);
    const { labels, annotations } = given.metadata;
    const generation = (before.metadata.generation ?? 1) + (isDeepStrictEqual(spec, before.spec) ? 0 : 1);
    const after: KubeObject = {
      ...before,
      ...(spec === undefined ? {} : { spec }),
      metadata: {
        ...before.metadata,
        generation,
        labels: { ...before.metadata.labels, ...labels },
        annotations: { ...before.metadata.annotations, ...annotations },
      },
      ...(isRecord(before.status) && { status: seen(before.status, generation) }),
    };
    const revision = given.kind === "Kustomization" ? artifactOf(sourceOf(after))?.revision : undefined;
    if (isRecord(after.status) && "lastAppliedRevision" in after.status && revision !== undefined)
      after.status = { ...after.status, lastAppliedRevision: revision, lastAttemptedRevision: revision };
    objects.set(key, after);
    return structuredClone(after);
  }

  function sourceOf({ metadata: { namespace }, spec }: KubeObject): KubeObject | undefined {
    const { sourceRef } = spec as { sourceRef: { name: string } }; // as Flux has it
    return objects.get(keyOf({ kind: "GitRepository", namespace, name: sourceRef.name }));
  }

  function fetchedBeside({ metadata: { namespace }, spec }: KubeObject): unknown {
    const { ref } = spec as { ref: { commit?: string } }; // as Flux has it
    const recordedOne = recorded.find(
      ({ kind, metadata }) => kind === "GitRepository" && metadata.namespace === namespace,
    );
    if (!isRecord(recordedOne?.status) || !isReady(recordedOne)) return undefined;
    const artifact = artifactOf(recordedOne);
    const status = seen(structuredClone(recordedOne.status), 1);
    if (!artifact || ref.commit === undefined) return status;
    return { ...status, artifact: { ...artifact, revision: `${artifact.revision.split("@")[0]}@sha1:${ref.commit}` } };
  }

  return {
    objects,
    deleted,
    cluster: {
      get: async (ref) => structuredClone(objects.get(keyOf(ref))),
      list: async (_, kind, { namespace, labels } = {}) =>
        structuredClone(
          [...objects.values()].filter(
            (each) =>
              each.kind === kind &&
              (namespace === undefined || each.metadata.namespace === namespace) &&
              Object.entries(labels ?? {}).every(([name, value]) => each.metadata.labels?.[name] === value),
          ),
        ),
      apply: async (object) => apply(object),
      delete: async (ref) => void deleted.push(keyOf(ref)),
      poke: async () => {},
      managers: async () => [],
      can: async () => true,
      serves: async () => true,
    },
  };
}

/** https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
function ownedSpec({ metadata }: KubeObject): unknown {
  const { managedFields = [] } = metadata as { managedFields?: { fieldsV1?: Record<string, unknown> }[] }; // recorded of slipway alone
  return managedFields.map(({ fieldsV1 }) => fieldsV1?.["f:spec"]).find((each) => each !== undefined);
}

/** `value` without what `fields` (a fieldsV1) names; a list that is owned is owned whole. */
function without(value: unknown, fields: unknown): unknown {
  if (!isRecord(value) || !isRecord(fields)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const below = fields[`f:${name}`];
      if (below === undefined) return [[name, each]];
      const rest =
        isRecord(each) && isRecord(below) && Object.keys(below).length > 0 ? without(each, below) : undefined;
      return isRecord(rest) && Object.keys(rest).length > 0 ? [[name, rest]] : [];
    }),
  );
}

function merged(before: unknown, given: unknown): unknown {
  if (!isRecord(before) || !isRecord(given)) return given === undefined ? before : structuredClone(given);
  const names = new Set([...Object.keys(before), ...Object.keys(given)]);
  return Object.fromEntries([...names].map((name) => [name, merged(before[name], given[name])]));
}

function seen(status: Record<string, unknown>, generation: number): Record<string, unknown> {
  const conditions = Array.isArray(status.conditions)
    ? status.conditions.map((each: unknown) =>
        isRecord(each) && "observedGeneration" in each ? { ...each, observedGeneration: generation } : each,
      )
    : undefined;
  return {
    ...status,
    ...("observedGeneration" in status && { observedGeneration: generation }),
    ...(conditions && { conditions }),
  };
}

function artifactOf(source: KubeObject | undefined): { revision: string } | undefined {
  return (source?.status as { artifact?: { revision: string } } | undefined)?.artifact; // as Flux has it
}

function isReady({ status }: KubeObject): boolean {
  const { conditions = [] } = status as { conditions?: { type: string; status: string }[] }; // as Flux has it
  return conditions.some((each) => each.type === "Ready" && each.status === "True");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
