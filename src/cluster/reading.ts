import type { Kind } from "../project/kinds.ts";

/** How a kind is read; what src/evidence says of it is handed in. A kind that nobody told of is read when asked for, whole. */
export interface Reading {
  kind: Kind;
  /** All that bears our label, in the whole cluster; or all there is in Slipway's own namespace. */
  watch?: { by: "label" | "namespace"; whenServed?: true };
  /** Nothing but metadata is asked for. */
  metadataOnly?: true;
  /** What is kept of an object on arrival; without it all but managed fields. */
  keep?: (object: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** What may be done to it. */
  rights?: readonly { verbs: readonly string[] }[];
}
