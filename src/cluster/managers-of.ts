import { z } from "zod";
import type { Manager } from "../project/ports/cluster.ts";
import { parseAnswer } from "./parse-answer.ts";

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/#System */
const managed = z.object({
  items: z
    .array(
      z.object({
        metadata: z.object({
          managedFields: z
            .array(
              z.object({
                manager: z.string().default(""),
                operation: z.string().default(""),
                subresource: z.string().optional(),
                time: z.coerce.date().optional(),
                fieldsV1: z.record(z.string(), z.unknown()).default({}),
              }),
            )
            .default([]),
        }),
      }),
    )
    .nullable(),
});

/** Who holds which fields of the one object of a list; nobody where there is none. */
export function managersOf(list: unknown): Manager[] {
  const [object] = parseAnswer(managed, list).items ?? [];
  return (object?.metadata.managedFields ?? []).map(({ manager, operation, subresource, time, fieldsV1 }) => ({
    name: manager,
    operation,
    ...(subresource === undefined || subresource === "" ? {} : { subresource }),
    ...(time === undefined ? {} : { at: time }),
    fields: pathsOf(fieldsV1, ""),
  }));
}

/**
 * The leaves of a set of fields: `f:` a field, `k:` an item by its keys, `v:` one by its value, `i:` one by its place,
 * `.` the thing itself beside what is in it. https://github.com/kubernetes-sigs/structured-merge-diff/blob/v6.3.0/fieldpath/serialize-pe.go
 */
function pathsOf(set: object, above: string): string[] {
  return Object.entries(set).flatMap(([key, below]) => {
    if (key === ".") return [];
    const path = `${above}${stepOf(key, above === "")}`;
    const deeper = pathsOf(Object(below), path);
    return deeper.length === 0 ? [path] : deeper;
  });
}

function stepOf(key: string, first: boolean): string {
  const named = key.slice(2);
  return key.startsWith("f:") ? `${first ? "" : "."}${named}` : `[${named}]`;
}
