import { isObject } from "../is-object.ts";
import type { Schema } from "../schema.ts";
import { children } from "./children.ts";

/** The value without what lies at these paths; `spare` says which emptied parents stay. */
export function removeFields(
  schema: Schema | undefined,
  value: unknown,
  isRemoved: (path: readonly string[]) => boolean,
  staysEmpty: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
): unknown {
  const parts = children(schema, value);
  if (parts === undefined) return value;
  const kept = parts
    .filter(({ element }) => !isRemoved([...path, element]))
    .map((part) => {
      const below = [...path, part.element];
      return {
        ...part,
        before: part.value,
        value: removeFields(part.schema, part.value, isRemoved, staysEmpty, below),
      };
    })
    .filter((part) => {
      const emptied = isEmpty(part.value) && !isEmpty(part.before);
      return !emptied || staysEmpty([...path, part.element]);
    });
  if (Array.isArray(value)) return kept.map((part) => part.value);
  return Object.fromEntries(kept.map((part) => [part.element.slice(2), part.value]));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
