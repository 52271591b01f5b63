import { at } from "../at.ts";
import { builtinKind } from "../builtin-kind.ts";
import { CLEANUP_FINALIZER } from "../cleanup-finalizer.ts";
import type { ClusterStore } from "../cluster-store.ts";

/** A definition that is deleted takes its objects with it, and stays until the last of them is gone. */
export function removeCustomObjects(store: ClusterStore): void {
  const crds = builtinKind("CustomResourceDefinition");
  for (const definition of store.storage.readAll(crds)) {
    if (definition.metadata.deletionTimestamp === undefined) continue;
    const belongs = () =>
      store.storage
        .everything()
        .filter(
          ({ kind }) =>
            kind.group === at(definition, "spec.group") && kind.plural === at(definition, "spec.names.plural"),
        );
    for (const { kind, object } of belongs()) {
      if (object.metadata.deletionTimestamp === undefined) {
        store.verbs.remove(kind, object.metadata.namespace, object.metadata.name, {});
      }
    }
    const finalizers = definition.metadata.finalizers ?? [];
    if (belongs().length > 0 || !finalizers.includes(CLEANUP_FINALIZER)) continue;
    store.mergePatch(
      { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name: definition.metadata.name },
      { metadata: { finalizers: finalizers.filter((one) => one !== CLEANUP_FINALIZER) } },
    );
  }
}
