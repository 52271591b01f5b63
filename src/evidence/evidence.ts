import type { Kind } from "../project/kinds.ts";

export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "bind";

/** A right that the bot has in the cluster, and why. */
export interface Right {
  verbs: readonly Verb[];
  /** In words, for docs/guide/security.md and manifests/base/rbac.yaml. */
  why: string;
  subresource?: string;
  /** Of objects of these names alone. */
  names?: readonly string[];
  /** In Slipway's own namespace alone. */
  own?: true;
}

/**
 * What there is to know of one kind of object, and what it costs. From the list of these (index.ts) derive the watches,
 * what is kept of an object in memory, the manifest of the bot's rights, their table in the docs, and the doctor's questions.
 */
export interface Evidence {
  kind: Kind;
  /**
   * `label`: all that bears our label, in the whole cluster; `namespace`: all there is in Slipway's own. Without it an
   * object is read only when somebody asks for it.
   */
  watch?: { by: "label" | "namespace"; whenServed?: true };
  /** Nothing but metadata is asked for. https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches */
  metadataOnly?: true;
  /** What is kept of an object on arrival, so what src/facts and others can read; without it, all but managed fields. */
  keep?: (object: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** None where nothing is to be told of it. */
  rights: readonly Right[];
}
