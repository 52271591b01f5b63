import { isObject } from "../is-object.ts";

/**
 * A set of paths. An element of a path is written as in `fieldsV1`: `f:name`, `k:{"name":"x"}`, `v:"x"`.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export type FieldSet = ReadonlyMap<string, readonly string[]>;

const SEPARATOR = "\u0000";

export const fieldSet = {
  of: (paths: Iterable<readonly string[]>): FieldSet => new Map([...paths].map((path) => [path.join(SEPARATOR), path])),
  union: (...sets: FieldSet[]): FieldSet => new Map(sets.flatMap((set) => [...set])),
  without: (set: FieldSet, ...others: FieldSet[]): FieldSet =>
    new Map([...set].filter(([key]) => !others.some((other) => other.has(key)))),
  common: (left: FieldSet, right: FieldSet): FieldSet => new Map([...left].filter(([key]) => right.has(key))),
  equal: (left: FieldSet, right: FieldSet): boolean =>
    left.size === right.size && [...left.keys()].every((key) => right.has(key)),
  filter: (set: FieldSet, keep: (path: readonly string[]) => boolean): FieldSet =>
    new Map([...set].filter(([, path]) => keep(path))),
  has: (set: FieldSet, path: readonly string[]): boolean => set.has(path.join(SEPARATOR)),
  /** Whether the path or anything below it is in the set. */
  reaches: (set: FieldSet, path: readonly string[]): boolean => {
    const key = path.join(SEPARATOR);
    if (set.has(key)) return true;
    for (const other of set.keys()) if (other.startsWith(key + SEPARATOR)) return true;
    return false;
  },
  toFieldsV1,
  fromFieldsV1,
};

type Tree = { [element: string]: Tree };

function toFieldsV1(set: FieldSet): Tree {
  const tree: Tree = {};
  for (const [, path] of [...set].sort(([left], [right]) => (left < right ? -1 : 1))) {
    let node = tree;
    for (const element of path) {
      const next = node[element] ?? {};
      node[element] = next;
      node = next;
    }
    // A member that also has members below it says so with a dot; the mark of a mere leaf is taken away below.
    node["."] = {};
  }
  return undot(tree);
}

function undot(tree: Tree): Tree {
  const keys = Object.keys(tree);
  if (keys.length === 1 && keys[0] === ".") return {};
  return Object.fromEntries(Object.entries(tree).map(([key, below]) => [key, key === "." ? {} : undot(below)]));
}

function fromFieldsV1(tree: unknown): FieldSet {
  const paths: string[][] = [];
  const walk = (node: unknown, path: string[]) => {
    if (!isObject(node)) return;
    const keys = Object.keys(node);
    if (keys.length === 0 && path.length > 0) paths.push(path);
    for (const key of keys) {
      if (key === ".") paths.push(path);
      else walk(node[key], [...path, key]);
    }
  };
  walk(tree, []);
  return fieldSet.of(paths);
}
