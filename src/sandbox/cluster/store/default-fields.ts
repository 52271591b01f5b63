import type { KubeObject } from "../store.ts";
import { DEFAULTS } from "./defaults/index.ts";
import { isObject } from "./is-object.ts";
import type { Kind } from "./kind.ts";
import type { Schema } from "./schema.ts";

/** The object with what its kind fills in: by the schema's `default` for custom kinds, by code for the built-in ones. */
export function defaultFields(kind: Kind, object: KubeObject): KubeObject {
  // An object filled by its schema keeps its outer form.
  if (kind.custom) return fill(kind.schema(), object) as KubeObject;
  return DEFAULTS[kind.kind]?.(object) ?? object;
}

function fill(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => fill(items, item));
  }
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = { ...value };
  for (const [key, part] of Object.entries(schema.properties ?? {})) {
    if (result[key] === undefined && part.default !== undefined) result[key] = structuredClone(part.default);
    if (result[key] !== undefined) result[key] = fill(part, result[key]);
  }
  const additional = schema.additionalProperties;
  if (typeof additional !== "object") return result;
  for (const key of Object.keys(result)) {
    if (schema.properties?.[key] === undefined) result[key] = fill(additional, result[key]);
  }
  return result;
}
