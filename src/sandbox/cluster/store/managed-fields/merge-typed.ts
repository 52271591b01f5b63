import { isObject } from "../is-object.ts";
import type { Schema } from "../schema.ts";
import { children } from "./children.ts";

/** `config` laid over `live`: maps and keyed lists are merged, everything else is replaced. */
export function mergeTyped(schema: Schema | undefined, live: unknown, config: unknown): unknown {
  const right = children(schema, config);
  const left = children(schema, live);
  if (right === undefined || left === undefined) return config;
  if (isObject(live) && isObject(config)) {
    const merged: Record<string, unknown> = { ...live };
    for (const { element, value, schema: part } of right) {
      const key = element.slice(2);
      merged[key] = mergeTyped(part, live[key], value);
    }
    return merged;
  }
  const lefts = new Map(left.map((child) => [child.element, child]));
  const waiting = right.map((child) => ({
    element: child.element,
    value: mergeTyped(child.schema, lefts.get(child.element)?.value, child.value),
  }));
  const wanted = new Set(waiting.map(({ element }) => element));
  const merged: unknown[] = [];
  // Live items keep their places; new ones come where the configuration has them among those that it shares.
  for (const { element, value } of left) {
    if (!wanted.has(element)) {
      merged.push(value);
      continue;
    }
    while (waiting.some((item) => item.element === element)) merged.push(waiting.shift()?.value);
  }
  return [...merged, ...waiting.map(({ value }) => value)];
}
