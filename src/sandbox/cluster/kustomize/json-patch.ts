import { isDeepStrictEqual } from "node:util";
import { isJsonObject } from "./is-json-object.ts";
import type { Json, JsonObject } from "./json.ts";

export interface JsonPatchOperation {
  op: string;
  path: string;
  from?: string;
  value?: Json;
}

/**
 * RFC 6902, in place on a copy. Errors are worded as evanphx/json-patch words them, which kustomize uses.
 * https://github.com/evanphx/json-patch/blob/v4.13.0/patch.go
 */
export function jsonPatch(target: JsonObject, operations: readonly JsonPatchOperation[]): JsonObject {
  const root = structuredClone(target);
  for (const operation of operations) {
    applyOperation(root, operation);
  }
  return root;
}

function applyOperation(root: JsonObject, operation: JsonPatchOperation): void {
  const { op, path } = operation;
  switch (op) {
    case "add":
      write(root, path, operation.value ?? null, "add");
      return;
    case "replace":
      if (read(root, path) === undefined) {
        throw new Error(`replace operation does not apply: doc is missing ${missingWhat(root, path)}: missing value`);
      }
      write(root, path, operation.value ?? null, "replace");
      return;
    case "remove":
      remove(root, path);
      return;
    case "test":
      if (!isDeepStrictEqual(read(root, path), operation.value)) {
        throw new Error(`testing value ${path} failed: test failed`);
      }
      return;
    case "copy":
    case "move": {
      const value = read(root, operation.from ?? "");
      if (value === undefined) {
        throw new Error(`${op} operation does not apply: doc is missing from path: ${operation.from}: missing value`);
      }
      const taken = structuredClone(value);
      if (op === "move") {
        remove(root, operation.from ?? "");
      }
      write(root, path, taken, "add");
      return;
    }
    default:
      throw new Error(`Unexpected kind: ${op}`);
  }
}

const segments = (path: string): string[] =>
  path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

function read(root: Json, path: string): Json | undefined {
  let at: Json | undefined = root;
  for (const part of segments(path)) {
    if (Array.isArray(at)) {
      at = at[Number(part)];
    } else if (isJsonObject(at)) {
      at = at[part];
    } else {
      return undefined;
    }
  }
  return at;
}

function parentOf(root: JsonObject, path: string): { parent: Json | undefined; last: string } {
  const parts = segments(path);
  const last = parts.pop() ?? "";
  const parent = parts.length === 0 ? root : read(root, path.slice(0, path.lastIndexOf("/")));
  return { parent, last };
}

function missingWhat(root: JsonObject, path: string): string {
  return parentOf(root, path).parent === undefined ? `path: ${path}` : `key: ${path}`;
}

function write(root: JsonObject, path: string, value: Json, op: "add" | "replace"): void {
  const { parent, last } = parentOf(root, path);
  if (Array.isArray(parent)) {
    const at = last === "-" ? parent.length : Number(last);
    if (!Number.isInteger(at) || at < 0 || at > parent.length) {
      throw new Error(
        `${op} operation does not apply: error in ${op} for path: '${path}': Unable to access invalid index: ${last}: invalid index referenced`,
      );
    }
    parent.splice(at, op === "replace" ? 1 : 0, value);
  } else if (isJsonObject(parent)) {
    parent[last] = value;
  } else {
    throw new Error(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  }
}

function remove(root: JsonObject, path: string): void {
  const { parent, last } = parentOf(root, path);
  if (Array.isArray(parent) && Number(last) < parent.length) {
    parent.splice(Number(last), 1);
  } else if (isJsonObject(parent)) {
    if (!(last in parent)) {
      throw new Error(`error in remove for path: '${path}': Unable to remove nonexistent key: ${last}: missing value`);
    }
    delete parent[last];
  } else {
    throw new Error(`remove operation does not apply: doc is missing path: "${path}": missing value`);
  }
}
