import type { Kind, PrinterColumn } from "../../store/kind.ts";
import { age } from "./age.ts";
import { BUILTIN_COLUMNS } from "./builtin-columns.ts";
import { AGE, type Column, NAME } from "./column.ts";
import { jsonPath } from "./json-path.ts";

/** The columns of `kubectl get`, by the definition of a custom kind, or as Kubernetes 1.34 prints the built-in ones. */
export function columnsOf(kind: Kind): Column[] {
  if (kind.custom) return [NAME, ...(kind.columns ?? []).map(customColumn)];
  const own = BUILTIN_COLUMNS[kind.kind] ?? [AGE];
  // An Event's name is of so little use that it comes last.
  return own.some(({ name }) => name === "Name") ? own : [NAME, ...own];
}

function customColumn(column: PrinterColumn): Column {
  const { name, type, format, description, priority, jsonPath: path } = column;
  return {
    name,
    type: type === "date" ? "string" : type,
    ...(format === undefined ? {} : { format }),
    ...(description === undefined ? {} : { description }),
    ...(priority === undefined ? {} : { priority }),
    cell: (object, now) => {
      const value = jsonPath(object, path);
      if (value === undefined || value === null) return type === "date" ? "<unknown>" : null;
      if (type === "date") return age(value, now);
      return type === "string" ? (typeof value === "string" ? value : JSON.stringify(value)) : value;
    },
  };
}
