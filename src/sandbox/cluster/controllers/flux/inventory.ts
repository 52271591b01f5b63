import type { KubeObject, ObjectKey } from "../../store.ts";

export interface InventoryEntry {
  id: string;
  v: string;
}

/** `namespace_name_group_kind`, colons in names as `__`. https://github.com/fluxcd/cli-utils/blob/v0.36.0-flux.15/pkg/object/objmetadata.go */
export function inventoryEntry(object: KubeObject): InventoryEntry {
  const parts = object.apiVersion.split("/");
  const group = parts.length > 1 ? (parts[0] ?? "") : "";
  const name = object.metadata.name.replaceAll(":", "__");
  return { id: `${object.metadata.namespace ?? ""}_${name}_${group}_${object.kind}`, v: parts.at(-1) ?? "" };
}

export function entryKey({ id, v }: InventoryEntry): ObjectKey {
  const [namespace = "", ...rest] = id.split("_");
  const kind = rest.pop() ?? "";
  const group = rest.pop() ?? "";
  return {
    apiVersion: group === "" ? v : `${group}/${v}`,
    kind,
    name: rest.join("_").replaceAll("__", ":"),
    ...(namespace === "" ? {} : { namespace }),
  };
}

/** `Deployment/rrr/web`. https://github.com/fluxcd/pkg/blob/ssa/v0.60.0/ssa/utils/format.go */
export function formatKey({ kind, namespace, name }: Pick<ObjectKey, "kind" | "namespace" | "name">): string {
  return namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
}
