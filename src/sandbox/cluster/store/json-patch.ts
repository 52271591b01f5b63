import { equal } from "./equal.ts";
import { isObject } from "./is-object.ts";

/** Throws an Error in words where an operation does not fit the document. https://www.rfc-editor.org/rfc/rfc6902 */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new Error("a JSON patch is a list of operations");
  return patch.reduce((current: unknown, operation: unknown) => {
    if (!isObject(operation)) throw new Error("an operation is an object");
    const path = pointer(operation.path);
    switch (operation.op) {
      case "add":
        return put(current, path, operation.value, true);
      case "replace":
        read(current, path);
        return put(current, path, operation.value, false);
      case "remove":
        return remove(current, path);
      case "move": {
        const from = pointer(operation.from);
        return put(remove(current, from), path, read(current, from), true);
      }
      case "copy":
        return put(current, path, read(current, pointer(operation.from)), true);
      case "test": {
        if (!equal(read(current, path), operation.value))
          throw new Error(`testing value ${operation.path} failed: test failed`);
        return current;
      }
      default:
        throw new Error(`unexpected kind: ${String(operation.op)}`);
    }
  }, document);
}

function pointer(text: unknown): string[] {
  if (typeof text !== "string") throw new Error("a path is a string");
  return text
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function read(document: unknown, path: string[]): unknown {
  return path.reduce((value: unknown, key) => {
    if (Array.isArray(value) && value[Number(key)] !== undefined) return value[Number(key)];
    if (isObject(value) && Object.hasOwn(value, key)) return value[key];
    throw new Error(`missing path: /${path.join("/")}`);
  }, document);
}

function put(document: unknown, path: string[], value: unknown, insert: boolean): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(document)) {
    const index = key === "-" ? document.length : Number(key);
    if (!(index >= 0 && index <= document.length)) throw new Error(`invalid index: ${key}`);
    const copy = [...document];
    if (rest.length > 0) copy[index] = put(copy[index], rest, value, insert);
    else copy.splice(index, insert ? 0 : 1, value);
    return copy;
  }
  if (!isObject(document) || (rest.length > 0 && document[key] === undefined)) {
    throw new Error(`doc is missing path: /${path.join("/")}`);
  }
  return { ...document, [key]: put(document[key], rest, value, insert) };
}

function remove(document: unknown, path: string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(document) && document[Number(key)] !== undefined) {
    return rest.length === 0
      ? document.toSpliced(Number(key), 1)
      : document.with(Number(key), remove(document[Number(key)], rest));
  }
  if (!isObject(document) || !Object.hasOwn(document, key)) throw new Error(`unable to remove nonexistent key: ${key}`);
  if (rest.length > 0) return { ...document, [key]: remove(document[key], rest) };
  const { [key]: _, ...left } = document;
  return left;
}
