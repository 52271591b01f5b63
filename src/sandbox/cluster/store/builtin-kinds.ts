import { BUILTIN_GROUPS, type BuiltinRow } from "./builtin-groups.ts";
import type { Kind } from "./kind.ts";
import { modelSchema } from "./model-schema.ts";

const ALL = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

const SCALE = {
  specReplicas: ".spec.replicas",
  statusReplicas: ".status.replicas",
  labelSelector: ".status.selector",
};

/** The kinds that every cluster serves. */
export const BUILTIN_KINDS: readonly Kind[] = BUILTIN_GROUPS.flatMap(({ group, version, rows }) =>
  rows.map((row) => toKind(group, version, row)),
);

function toKind(group: string, version: string, row: BuiltinRow): Kind {
  return {
    group,
    version,
    kind: row.kind,
    plural: row.plural,
    singular: row.kind.toLowerCase(),
    listKind: `${row.kind}List`,
    shortNames: row.short ?? [],
    categories: row.all ? ["all"] : row.kind === "CustomResourceDefinition" ? ["api-extensions"] : [],
    namespaced: !row.cluster,
    verbs: row.verbs ?? ALL,
    status: row.status ?? false,
    ...(row.scale ? { scale: SCALE } : {}),
    custom: false,
    storedAs: group === "" ? version : `${group}/${version}`,
    schema: () => modelSchema(row.model),
  };
}
