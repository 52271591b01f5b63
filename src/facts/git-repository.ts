import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Condition, type Conditions, conditionsOf } from "./conditions.ts";
import { type Identity, identityOf } from "./identity.ts";
import { commitOf } from "./revision.ts";

/** Flux's source. https://fluxcd.io/flux/components/source/gitrepositories/ */
export interface GitRepository extends Identity {
  url: string;
  branch: string | undefined;
  /** The commit that it is held at. */
  commit: string | undefined;
  suspended: boolean;
  /** The commit that it has in store; a fetch that fails keeps the one before. */
  artifact: string | undefined;
  conditions: Conditions;
  /** The last fetch failed, and this is how; undefined: it did not, or there was none yet. */
  failure: Condition | undefined;
}

const shape = z.object({
  spec: z
    .object({
      url: z.string().default(""),
      suspend: z.boolean().default(false),
      ref: z.object({ branch: z.string().optional(), commit: z.string().optional() }).prefault({}),
    })
    .prefault({}),
  status: z.object({ artifact: z.object({ revision: z.string().default("") }).optional() }).prefault({}),
});

export function gitRepositoryOf(object: KubeObject): GitRepository {
  const { spec, status } = shape.parse(object);
  const identity = identityOf(object);
  const conditions = conditionsOf(object.status, identity.generation);
  return {
    ...identity,
    url: spec.url,
    branch: spec.ref.branch,
    commit: spec.ref.commit,
    suspended: spec.suspend,
    artifact: commitOf(status.artifact?.revision),
    conditions,
    failure: failureOf(conditions),
  };
}

/** While it tries again Ready says Unknown/Progressing; FetchFailed stays until a fetch has succeeded. */
function failureOf({ Ready, FetchFailed }: Conditions): Condition | undefined {
  if (Ready?.status === "False") return Ready;
  return FetchFailed?.status === "True" ? FetchFailed : undefined;
}
