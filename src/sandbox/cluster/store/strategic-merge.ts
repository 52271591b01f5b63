import { equal } from "./equal.ts";
import { isObject, type JsonObject } from "./is-object.ts";
import { mergePatch } from "./merge-patch.ts";
import type { Schema } from "./schema.ts";

const DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";
const ORDER = "$setElementOrder/";

/** https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md */
export function strategicMerge(schema: Schema | undefined, target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const { $patch: directive, $retainKeys: retained, ...changes } = patch;
  if (directive === "replace") return changes;
  if (directive === "delete") return undefined;
  // An atomic map is only so for server-side apply; here a label selector is merged like any other object.
  if (schema === undefined) return mergePatch(target, changes);
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(changes)) {
    if (key.startsWith(DELETE_PRIMITIVES)) {
      const field = key.slice(DELETE_PRIMITIVES.length);
      result[field] = asList(result[field]).filter((item) => !asList(value).some((gone) => equal(gone, item)));
      continue;
    }
    if (key.startsWith(ORDER)) continue;
    const additional = schema.additionalProperties;
    const part = schema.properties?.[key] ?? (typeof additional === "object" ? additional : undefined);
    const order = changes[ORDER + key];
    const merged = value === null ? undefined : merge(part, result[key], value, order);
    if (merged === undefined) delete result[key];
    else result[key] = merged;
  }
  if (!Array.isArray(retained)) return result;
  return Object.fromEntries(Object.entries(result).filter(([key]) => retained.includes(key)));
}

function merge(schema: Schema | undefined, target: unknown, value: unknown, order: unknown): unknown {
  if (!Array.isArray(value)) return strategicMerge(schema, target, value);
  const key = mergeKey(schema);
  if (key === undefined) {
    if (schema?.["x-kubernetes-list-type"] !== "set") return value;
    return [...new Set([...asList(target), ...value])];
  }
  return mergeList(schema?.items, key, asList(target), value, order);
}

function mergeList(
  schema: Schema | undefined,
  key: string,
  target: unknown[],
  patch: unknown[],
  order: unknown,
): unknown[] {
  if (patch.some((item) => isObject(item) && item.$patch === "replace")) {
    return patch.filter((item) => !(isObject(item) && item.$patch === "replace"));
  }
  const list = [...target];
  for (const item of patch) {
    const index = list.findIndex((other) => keyOf(other, key) === keyOf(item, key));
    if (isObject(item) && item.$patch === "delete") {
      if (index >= 0) list.splice(index, 1);
    } else if (index >= 0) list[index] = strategicMerge(schema, list[index], item);
    else list.push(strategicMerge(schema, {}, item));
  }
  if (!Array.isArray(order)) return list;
  const position = new Map(order.map((item, index) => [keyOf(item, key), index]));
  return list.sort((left, right) => (position.get(keyOf(left, key)) ?? -1) - (position.get(keyOf(right, key)) ?? -1));
}

/** The patch's key is the first of the list's: a Service's ports are merged by `port` alone. */
function mergeKey(schema: Schema | undefined): string | undefined {
  return schema?.["x-kubernetes-list-type"] === "map" ? schema["x-kubernetes-list-map-keys"]?.[0] : undefined;
}

function keyOf(item: unknown, key: string): unknown {
  return isObject(item) ? item[key] : item;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
