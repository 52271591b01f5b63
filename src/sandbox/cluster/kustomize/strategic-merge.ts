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
  const items = [...base];
  const added: Json[] = [];
  for (const item of patch) {
    if (!isJsonObject(item)) {
      added.push(item);
      continue;
    }
    const at = items.findIndex((other) => isJsonObject(other) && other[key] === item[key]);
    const existing = items[at];
    if (item.$patch === "delete") {
      if (at >= 0) {
        items.splice(at, 1);
      }
    } else if (isJsonObject(existing)) {
      items[at] = mergeObject(existing, item, root, path);
    } else {
      added.push(mergeObject({}, item, root, path));
    }
  }
  // kustomize puts what a patch adds before what was there.
  // https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/kyaml/yaml/merge2/merge2.go (MergeOptionsListPrepend)
  return [...added, ...items];
}

function withoutDirective(patch: JsonObject): JsonObject {
  const { $patch: _, ...rest } = patch;
  return rest;
}
