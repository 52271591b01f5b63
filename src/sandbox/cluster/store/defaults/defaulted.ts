import { isObject, type JsonObject } from "../is-object.ts";

/** `value` over `defaults`: a field that is there is left alone. */
export function defaulted(defaults: JsonObject, value: unknown): JsonObject {
  return { ...defaults, ...(isObject(value) ? value : {}) };
}

/** Each item of a list changed; anything else is left as it is. */
export function each(list: unknown, change: (item: JsonObject) => JsonObject): unknown {
  return Array.isArray(list) ? list.map((item) => (isObject(item) ? change(item) : item)) : list;
}

/** The object with some of its fields computed anew where they are there. */
export function within(value: JsonObject, changes: Record<string, (field: unknown) => unknown>): JsonObject {
  const present = Object.entries(changes).filter(([key]) => value[key] !== undefined);
  return { ...value, ...Object.fromEntries(present.map(([key, change]) => [key, change(value[key])])) };
}
