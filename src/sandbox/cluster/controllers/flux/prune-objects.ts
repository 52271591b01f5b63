import type { ClusterStore } from "../../create-store.ts";
import type { ObjectKey } from "../../store.ts";
import { refusal, type ServiceAccount } from "../runtime/refusal.ts";
import { type Change, sortForApply } from "./apply-objects.ts";
import { formatKey } from "./inventory.ts";

/**
 * Deletes what is no longer wanted, the last applied first; what opted out of it stays.
 * https://github.com/fluxcd/pkg/blob/ssa/v0.60.0/ssa/manager_delete.go
 */
export function pruneObjects(
  store: ClusterStore,
  keys: readonly ObjectKey[],
  owner: { name: string; namespace: string },
  serviceAccount?: ServiceAccount,
): Change[] {
  return sortForApply(keys)
    .reverse()
    .flatMap((key): Change[] => {
      const object = find(store, key);
      if (!object) {
        return [];
      }
      const { labels = {}, annotations = {} } = object.metadata;
      const disabled = [labels, annotations].some((map) => map["kustomize.toolkit.fluxcd.io/prune"] === "disabled");
      const owned =
        labels["kustomize.toolkit.fluxcd.io/name"] === owner.name &&
        labels["kustomize.toolkit.fluxcd.io/namespace"] === owner.namespace;
      if (disabled || !owned) {
        return [{ key, action: "skipped" }];
      }
      const refused = serviceAccount && refusal(store, serviceAccount, "delete", key);
      if (refused) {
        throw new Error(`${formatKey(key)} delete failed: ${refused}`);
      }
      store.delete(key);
      return [{ key, action: "deleted" }];
    });
}

function find(store: ClusterStore, key: ObjectKey) {
  try {
    return store.get(key);
  } catch {
    // Its kind went with its definition.
    return undefined;
  }
}
