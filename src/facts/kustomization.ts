import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Condition, type Conditions, conditionsOf } from "./conditions.ts";
import { type Identity, identityOf } from "./identity.ts";
import { commitOf } from "./revision.ts";

/** An object that was applied. */
export interface InventoryEntry {
  kind: string;
  group: string;
  namespace: string;
  name: string;
}

/** What Flux applies of a source. https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export interface Kustomization extends Identity {
  /** Name of the GitRepository that it applies. */
  source: string;
  path: string;
  suspended: boolean;
  images: { name: string; tag: string | undefined }[];
  /** The commit whose manifests were applied last, whole; and the one that was tried last. */
  applied: string | undefined;
  attempted: string | undefined;
  /** Its controller has looked at the newest spec. */
  observed: boolean;
  conditions: Conditions;
  /** What Flux has given up on, of the newest spec; undefined while it looks again. */
  failure: Condition | undefined;
  /** It is being tried, or is to be: what came of the try before is not told meanwhile. */
  trying: boolean;
  /** What it applied; undefined: never anything. */
  inventory: InventoryEntry[] | undefined;
}

const shape = z.object({
  spec: z
    .object({
      sourceRef: z.object({ name: z.string().default("") }).prefault({}),
      path: z.string().default(""),
      suspend: z.boolean().default(false),
      images: z.array(z.object({ name: z.string(), newTag: z.string().optional() })).default([]),
    })
    .prefault({}),
  status: z
    .object({
      observedGeneration: z.number().default(0),
      lastAppliedRevision: z.string().optional(),
      lastAttemptedRevision: z.string().optional(),
      inventory: z.object({ entries: z.array(z.object({ id: z.string() })).nullish() }).optional(),
    })
    .prefault({}),
});

export function kustomizationOf(object: KubeObject): Kustomization {
  const { spec, status } = shape.parse(object);
  const identity = identityOf(object);
  const conditions = conditionsOf(object.status, identity.generation);
  return {
    ...identity,
    source: spec.sourceRef.name,
    path: spec.path,
    suspended: spec.suspend,
    images: spec.images.map(({ name, newTag }) => ({ name, tag: newTag })),
    applied: commitOf(status.lastAppliedRevision),
    attempted: commitOf(status.lastAttemptedRevision),
    observed: status.observedGeneration >= identity.generation,
    conditions,
    failure: failureOf(conditions),
    trying: conditions.Ready?.status !== "True" && failureOf(conditions) === undefined,
    inventory: status.inventory && (status.inventory.entries ?? []).flatMap(({ id }) => entryOf(id)),
  };
}

/** One that is looking again right now may yet succeed. https://fluxcd.io/flux/components/kustomize/kustomizations/#failed-kustomization */
function failureOf({ Ready, Reconciling }: Conditions): Condition | undefined {
  if (!Ready || Ready.stale || Ready.status !== "False") return undefined;
  return Reconciling?.status === "True" && Ready.reason === "Progressing" ? undefined : Ready;
}

/**
 * `rrr_web_apps_Deployment`; a colon of a name is two underscores.
 * https://github.com/fluxcd/cli-utils/blob/v0.36.0-flux.15/pkg/object/objmetadata.go
 */
function entryOf(id: string): InventoryEntry[] {
  const [, namespace, name, group, kind] = /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(id) ?? [];
  if (namespace === undefined || name === undefined || group === undefined || kind === undefined) return [];
  return [{ namespace, name: name.replaceAll("__", ":"), group, kind }];
}
