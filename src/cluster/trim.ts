import { KINDS } from "../project/kinds.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Reading } from "./reading.ts";
import { unclearAnswer } from "./unclear-answer.ts";

type Fields = Record<string, unknown>;

/** Annotations that kubectl and Flux keep whole manifests in. */
const BULKY = ["kubectl.kubernetes.io/last-applied-configuration"];

/**
 * What is kept of an object on arrival: a thousand projects' managed fields are most of their memory. `raw` is taken over.
 * It is called what its kind is: items of a list do not say, and metadata alone is a PartialObjectMetadata.
 * `intern`: equal strings as one. Throws where it is no object of Kubernetes'.
 */
export function trim(
  { kind, keep }: Pick<Reading, "kind" | "keep">,
  raw: unknown,
  intern?: (text: string) => string,
): KubeObject {
  const { metadata, ...rest } = fieldsOf(raw);
  const { managedFields: _, generateName: __, annotations, ...named } = fieldsOf(metadata);
  if (typeof named.name !== "string") throw unclearAnswer(`the answer is no ${kind}: metadata.name is missing`);
  const whole = {
    ...rest,
    apiVersion: KINDS[kind].apiVersion,
    kind,
    metadata: annotations === undefined ? named : { ...named, annotations: without(annotations, BULKY) },
  };
  const kept = keep?.(whole) ?? whole;
  // The three fields that KubeObject asks for are there; the rest is read through zod where it is used.
  return (intern ? interned(kept, intern) : kept) as unknown as KubeObject;
}

/** In place: a copy would have more room than it needs, and a thousand projects' would be as much again to clear away. */
function interned(value: unknown, intern: (text: string) => string): unknown {
  if (typeof value === "string") return intern(value);
  const fields = fieldsOf(value);
  for (const key of Object.keys(fields)) fields[key] = interned(fields[key], intern);
  return value;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {}; // read as unknown, each field
}

function without(value: unknown, fields: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fieldsOf(value)).filter(([field]) => !fields.includes(field)));
}
