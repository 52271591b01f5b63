import { isObject, type JsonObject } from "../is-object.ts";
import type { Schema } from "../schema.ts";

export interface Child {
  /** As in `fieldsV1`. */
  element: string;
  value: unknown;
  schema: Schema | undefined;
  /** Its own membership counts even when it has parts: items of lists and keys of maps, but not fields of a struct. */
  owned: boolean;
}

/** The parts of a value that can be owned one by one; undefined where the value is owned as a whole. */
export function children(schema: Schema | undefined, value: unknown): Child[] | undefined {
  if (Array.isArray(value)) return items(schema, value);
  if (!isObject(value) || schema?.["x-kubernetes-map-type"] === "atomic") return undefined;
  return Object.entries(value).map(([key, part]) => {
    const declared = schema?.properties?.[key];
    const additional = schema?.additionalProperties;
    return {
      element: `f:${key}`,
      value: part,
      schema: declared ?? (typeof additional === "object" ? additional : undefined),
      owned: declared === undefined,
    };
  });
}

function items(schema: Schema | undefined, list: unknown[]): Child[] | undefined {
  const type = schema?.["x-kubernetes-list-type"];
  if (type !== "map" && type !== "set") return undefined;
  return list.map((value) => ({
    element: type === "set" ? `v:${JSON.stringify(value)}` : itemElement(schema ?? {}, value),
    value,
    schema: schema?.items,
    owned: true,
  }));
}

/** The keys of a list item, with the schema's defaults where the item leaves one out (a port's protocol). */
export function itemElement(schema: Schema, item: unknown): string {
  const keys = [...(schema["x-kubernetes-list-map-keys"] ?? [])].sort();
  const values: JsonObject = isObject(item) ? item : {};
  return `k:${JSON.stringify(
    Object.fromEntries(keys.map((key) => [key, values[key] ?? schema.items?.properties?.[key]?.default ?? null])),
  )}`;
}
