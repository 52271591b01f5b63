import type { KubeObject } from "../../store.ts";
import type { Kind } from "../kind.ts";
import { refuse } from "../refuse.ts";
import { compareFields } from "./compare-fields.ts";
import { fieldSet } from "./field-set.ts";
import { fieldsOf } from "./fields-of.ts";
import { isSame, type Managed, type Manager, ownable, readManagers, withManagers } from "./manager.ts";
import { mergeTyped } from "./merge-typed.ts";
import { pathText } from "./path-text.ts";
import { removeFields } from "./remove-fields.ts";

/**
 * Server-side apply: the live object with the configuration laid over it, without what this manager applied before
 * and now leaves out and nobody else owns. Throws Conflict where others own what would change, unless forced.
 * https://github.com/kubernetes-sigs/structured-merge-diff/blob/master/merge/update.go
 */
export function applyFields(
  kind: Kind,
  live: KubeObject | undefined,
  applied: KubeObject,
  by: Manager,
  force: boolean,
): KubeObject {
  const schema = kind.schema();
  const config = withoutIdentity(applied);
  const managers = readManagers(live);
  const last = managers.find((manager) => isSame(manager, by));
  const fields = ownable(kind, fieldsOf(schema, config), by.subresource);
  const others = managers.filter((manager) => manager !== last);
  const base = live ?? {
    apiVersion: applied.apiVersion,
    kind: applied.kind,
    metadata: { name: applied.metadata.name },
  };

  const merged = mergeTyped(schema, withoutManagers(base), config);
  const owners = [fields, ...others.map((manager) => manager.fields)];
  const dropped = fieldSet.filter(
    fieldSet.without(last?.fields ?? fieldSet.of([]), fields),
    (path) => !owners.some((set) => fieldSet.reaches(set, path)),
  );
  const pruned = removeFields(
    schema,
    merged,
    (path) => fieldSet.has(dropped, path),
    (path) => path.length < 2 || owners.some((set) => fieldSet.reaches(set, path)),
  );

  const { added, modified, removed } = compareFields(schema, withoutManagers(base), pruned);
  const changed = fieldSet.union(added, modified);
  const conflicts = others.flatMap((manager) =>
    [...fieldSet.common(manager.fields, changed).values()].map((path) => ({ manager, path })),
  );
  if (conflicts.length > 0 && !force) throw conflictOf(conflicts);

  const remaining = others.map((manager) => ({
    ...manager,
    fields: fieldSet.without(manager.fields, changed, removed),
  }));
  const same = last !== undefined && fieldSet.equal(last.fields, fields);
  // The merge of two objects of this kind is one.
  return withManagers(pruned as KubeObject, [...remaining, same && changed.size === 0 ? last : { ...by, fields }]);
}

function conflictOf(conflicts: { manager: Managed; path: readonly string[] }[]) {
  const causes = conflicts.map(({ manager, path }) => ({
    message: `conflict with ${managerText(manager)}`,
    field: pathText(path),
  }));
  const [only] = causes;
  if (causes.length === 1 && only !== undefined) {
    return refuse.applyConflict(`Apply failed with 1 conflict: ${only.message}: ${only.field}`, causes);
  }
  const byManager = Map.groupBy(conflicts, ({ manager }) => managerText(manager));
  const lines = [...byManager]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([manager, those]) => [`conflicts with ${manager}:`, ...those.map(({ path }) => `- ${pathText(path)}`)]);
  return refuse.applyConflict(`Apply failed with ${conflicts.length} conflicts: ${lines.join("\n")}`, causes);
}

/** An updater is told with its version, an applier without: so the real server 1.34 words it. */
function managerText({ manager, operation, apiVersion, subresource }: Managed): string {
  const name = JSON.stringify(manager) + (subresource === "" ? "" : ` with subresource ${JSON.stringify(subresource)}`);
  return operation === "Apply" ? name : `${name} using ${apiVersion}`;
}

function withoutManagers(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** An applied configuration names its object; uid and resourceVersion are preconditions and are checked elsewhere. */
function withoutIdentity(object: KubeObject): KubeObject {
  const { creationTimestamp: _, generation: __, managedFields: ___, ...metadata } = object.metadata;
  return { ...object, metadata };
}
