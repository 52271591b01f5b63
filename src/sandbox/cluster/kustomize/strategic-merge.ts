import { isJsonObject } from "./is-json-object.ts";
import type { Json, JsonObject } from "./json.ts";
import { mergeKey } from "./merge-keys.ts";

/**
 * A strategic merge patch; undefined when the patch deletes the object.
 * https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
export function strategicMerge(target: JsonObject, patch: JsonObject): JsonObject | undefined {
  if (patch.$patch === "delete") {
    return undefined;
  }
  return mergeObject(target, patch, target, []);
}

function mergeObject(base: JsonObject, patch: JsonObject, root: JsonObject, path: readonly string[]): JsonObject {
  if (patch.$patch === "replace") {
    return withoutDirective(patch);
  }
  const merged: JsonObject = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) {
      continue;
    }
    const next = mergeValue(merged[key], value, root, [...path, key]);
    if (next === undefined) {
      delete merged[key];
    } else {
      merged[key] = next;
    }
  }
  return merged;
}

function mergeValue(base: Json | undefined, patch: Json, root: JsonObject, path: readonly string[]): Json | undefined {
  if (patch === null) {
    return undefined;
  }
  if (isJsonObject(patch)) {
    if (patch.$patch === "delete") {
      return undefined;
    }
    return mergeObject(isJsonObject(base) ? base : {}, patch, root, path);
  }
  if (Array.isArray(patch)) {
    return mergeList(Array.isArray(base) ? base : [], patch, root, path);
  }
  return patch;
}

function mergeList(base: Json[], patch: Json[], root: JsonObject, path: readonly string[]): Json[] {
  const key = mergeKey(root, path);
  const replaces = patch.some((item) => isJsonObject(item) && item.$patch === "replace");
  if (!key || replaces) {
    return patch.filter((item) => !(isJsonObject(item) && item.$patch === "replace"));
  }
  const sameAs = (item: JsonObject) => (other: Json) => isJsonObject(other) && other[key] === item[key];
  const items = patch.filter(isJsonObject);
  const merged = items
    .filter((item) => item.$patch !== "delete")
    .map((item) => {
      const existing = base.find(sameAs(item));
      return mergeObject(isJsonObject(existing) ? existing : {}, item, root, path);
    });
  // kustomize puts what a patch names before the rest.
  // https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/kyaml/yaml/walk/associative_sequence.go
  return [...merged, ...base.filter((other) => !items.some((item) => sameAs(item)(other)))];
}

function withoutDirective(patch: JsonObject): JsonObject {
  const { $patch: _, ...rest } = patch;
  return rest;
}
