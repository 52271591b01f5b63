import { equal } from "../equal.ts";
import type { Schema } from "../schema.ts";
import { children } from "./children.ts";
import { type FieldSet, fieldSet } from "./field-set.ts";

export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

/** https://github.com/kubernetes-sigs/structured-merge-diff/blob/master/typed/compare.go */
export function compareFields(schema: Schema, before: unknown, after: unknown): Comparison {
  const added: string[][] = [];
  const modified: string[][] = [];
  const removed: string[][] = [];
  const walk = (part: Schema | undefined, left: unknown, right: unknown, path: string[]) => {
    if (left === undefined) added.push(path);
    else if (right === undefined) removed.push(path);
    const leftParts = children(part, left);
    const rightParts = children(part, right);
    if (leftParts === undefined && rightParts === undefined) {
      if (left !== undefined && right !== undefined && !equal(left, right)) modified.push(path);
      return;
    }
    if (left !== undefined && right !== undefined && (leftParts === undefined) !== (rightParts === undefined)) {
      modified.push(path);
    }
    const lefts = new Map((leftParts ?? []).map((child) => [child.element, child]));
    const rights = new Map((rightParts ?? []).map((child) => [child.element, child]));
    for (const element of new Set([...lefts.keys(), ...rights.keys()])) {
      const child = rights.get(element) ?? lefts.get(element);
      walk(child?.schema, lefts.get(element)?.value, rights.get(element)?.value, [...path, element]);
    }
  };
  walk(schema, before, after, []);
  return { added: fieldSet.of(added), modified: fieldSet.of(modified), removed: fieldSet.of(removed) };
}
