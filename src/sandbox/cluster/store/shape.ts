import { isObject } from "./is-object.ts";
import type { Schema } from "./schema.ts";

/** A field's place: names, and numbers where a list is entered. */
export type Place = readonly (string | number)[];

export interface Mismatch {
  place: Place;
  schema: Schema;
  /** The struct in which the field stands, for built-in types. */
  inside: string;
  value: unknown;
}

export interface Shaped {
  value: unknown;
  unknown: Place[];
  mismatches: Mismatch[];
}

/** The value without fields that its schema does not know, and what was found wrong with it on the way. `dropNull`: nulls and empty collections are as good as absent, as in the built-in kinds. */
export function shape(schema: Schema, value: unknown, dropNull: boolean): Shaped {
  const unknown: Place[] = [];
  const mismatches: Mismatch[] = [];
  const walk = (part: Schema, current: unknown, place: Place, inside: string): unknown => {
    if (current === null || current === undefined) return current;
    if (!fits(part, current)) {
      mismatches.push({ place, schema: part, inside, value: current });
      return current;
    }
    if (Array.isArray(current)) {
      const { items } = part;
      return items === undefined
        ? current
        : current.map((item, index) => walk(items, item, [...place, index], part.title ?? inside));
    }
    if (!isObject(current)) return part.format === "quantity" ? String(current) : current;
    if (part["x-kubernetes-embedded-resource"]) return current;
    const keepUnknown = part["x-kubernetes-preserve-unknown-fields"] === true;
    if (part.properties === undefined && part.additionalProperties === undefined && keepUnknown) return current;
    const result: Record<string, unknown> = {};
    for (const [key, child] of Object.entries(current)) {
      const declared = part.properties?.[key];
      const additional = part.additionalProperties;
      const next = declared ?? (typeof additional === "object" ? additional : undefined);
      if (child === null && (dropNull || next?.default !== undefined)) continue;
      // Go's `omitempty`, which metadata has in every kind.
      if (next !== undefined && (dropNull || place[0] === "metadata") && isEmptyCollection(next, child)) continue;
      if (next !== undefined) result[key] = walk(next, child, [...place, key], part.title ?? inside);
      else if (keepUnknown || additional === true) result[key] = child;
      else unknown.push([...place, key]);
    }
    return result;
  };
  return { value: walk(schema, value, [], schema.title ?? ""), unknown, mismatches };
}

function isEmptyCollection(schema: Schema, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return schema.additionalProperties !== undefined && isObject(value) && Object.keys(value).length === 0;
}

export function fits(schema: Schema, value: unknown): boolean {
  if (schema["x-kubernetes-int-or-string"]) return typeof value === "string" || typeof value === "number";
  switch (schema.type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    default:
      return true;
  }
}

/** As JSON names types; what is no integer is a `number`. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** `spec.parts[0].name`. */
export function placeText(place: Place): string {
  return place.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );
}
