import { at } from "../../store/at.ts";
import { isObject } from "../../store/is-object.ts";
import type { KubeObject } from "../../store.ts";
import type { Column } from "./column.ts";

type Cell = (object: KubeObject, now: Date) => unknown;

export const column = (name: string, cell: Cell, priority = 0, type = "string"): Column => ({
  name,
  type,
  priority,
  cell,
});
export const number = (name: string, path: string) =>
  column(name, (object) => Number(at(object, path) ?? 0), 0, "integer");
export const text = (name: string, path: string, priority = 0) =>
  column(name, (object) => or(at(object, path)), priority);
export const wide = (name: string, cell: Cell) => column(name, cell, 1);
export const count = (value: unknown) => Object.keys(Object(value)).length;

/** `<none>` for what is not there. */
export function or(value: unknown): string {
  return value === undefined || value === null || value === "" ? "<none>" : String(value);
}

/** Labels as `a=b,c=d`. */
export function pairs(labels: unknown): string {
  const all = isObject(labels) ? Object.entries(labels).map(([key, value]) => `${key}=${value}`) : [];
  return all.sort().join(",") || "<none>";
}
