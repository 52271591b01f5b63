import { isObject, type JsonObject } from "./is-object.ts";

/** What lies at `a.b.c`, or undefined where any of it is missing. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce((part: unknown, key) => (isObject(part) ? part[key] : undefined), value);
}

/** The objects of the list at this path; none where there is no list. */
export function listAt(value: unknown, path: string): JsonObject[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}
