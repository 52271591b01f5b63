import { kindOf } from "./draft.ts";
import type { FieldSpec } from "./field-specs.ts";
import { isJsonObject } from "./is-json-object.ts";
import type { Json, JsonObject } from "./json.ts";

/** Adds `pairs` to the maps that `specs` name in `object`, in place. */
export function setFields(object: JsonObject, pairs: Record<string, string>, specs: readonly FieldSpec[]): void {
  if (Object.keys(pairs).length === 0) {
    return;
  }
  for (const spec of specs) {
    if (!spec.kinds || spec.kinds.includes(kindOf(object))) {
      for (const map of mapsAt(object, spec.path.split("/"), spec.create)) {
        Object.assign(map, pairs);
      }
    }
  }
}

function mapsAt(value: Json | undefined, path: readonly string[], create: boolean): JsonObject[] {
  const [part, ...rest] = path;
  if (part === undefined) {
    return isJsonObject(value) ? [value] : [];
  }
  if (!isJsonObject(value)) {
    return [];
  }
  const key = part.replace("[]", "");
  if (part.endsWith("[]")) {
    const list = value[key];
    return Array.isArray(list) ? list.flatMap((item) => mapsAt(item, rest, create)) : [];
  }
  if ((value[key] === undefined || value[key] === null) && create) {
    value[key] = {};
  }
  return mapsAt(value[key], rest, create);
}
