import { isObject } from "../is-object.ts";
import type { Schema } from "../schema.ts";
import { children } from "./children.ts";
import { type FieldSet, fieldSet } from "./field-set.ts";

/** All that an applied configuration says anything about. https://github.com/kubernetes-sigs/structured-merge-diff/blob/master/typed/tofieldset.go */
export function fieldsOf(schema: Schema, value: unknown): FieldSet {
  const paths: string[][] = [];
  const walk = (partSchema: Schema | undefined, part: unknown, path: string[], owned: boolean) => {
    const below = children(partSchema, part);
    const whole = below === undefined || (below.length === 0 && isObject(part));
    if ((whole || owned) && path.length > 0) paths.push(path);
    for (const child of below ?? []) walk(child.schema, child.value, [...path, child.element], child.owned);
  };
  walk(schema, value, [], false);
  return fieldSet.of(paths);
}
