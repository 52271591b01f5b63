import type { KubeObject } from "../../store.ts";
import { builtinKind } from "../builtin-kind.ts";
import type { ClusterStore } from "../cluster-store.ts";

/** Removes what is in namespaces that are Terminating, then the namespaces; what stays because of finalizers is told in their status. */
export function emptyNamespaces(store: ClusterStore): void {
  for (const namespace of store.storage.readAll(builtinKind("Namespace"))) {
    if (namespace.metadata.deletionTimestamp === undefined) continue;
    const { name } = namespace.metadata;
    for (const { kind, object } of contentOf(store, name)) {
      if (object.metadata.deletionTimestamp === undefined) store.verbs.remove(kind, name, object.metadata.name, {});
    }
    const left = contentOf(store, name);
    const key = { apiVersion: "v1", kind: "Namespace", name };
    if (left.length === 0) {
      const released = { ...namespace, spec: {} };
      store.verbs.update(builtinKind("Namespace"), released, {
        manager: "kube-controller-manager",
        subresource: "finalize",
      });
    } else store.updateStatus(key, { phase: "Terminating", conditions: conditions(namespace, left) });
  }
}

type Content = ReturnType<ClusterStore["storage"]["everything"]>;

function contentOf(store: ClusterStore, namespace: string): Content {
  return store.storage.everything().filter(({ object }) => object.metadata.namespace === namespace);
}

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/namespace/deletion/status_condition_utils.go */
function conditions(namespace: KubeObject, left: Content) {
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    lastTransitionTime: namespace.metadata.deletionTimestamp,
    reason,
    message,
  });
  const kinds = Map.groupBy(left, ({ kind }) =>
    kind.group === "" ? `${kind.plural}.` : `${kind.plural}.${kind.group}`,
  );
  const resources = [...kinds].map(([kind, objects]) => `${kind} has ${objects.length} resource instances`).sort();
  const finalizers = Map.groupBy(
    left.flatMap(({ object }) => object.metadata.finalizers ?? []),
    (finalizer) => finalizer,
  );
  const waiting = [...finalizers].map(([name, all]) => `${name} in ${all.length} resource instances`).sort();
  return [
    condition(
      "NamespaceDeletionDiscoveryFailure",
      "False",
      "ResourcesDiscovered",
      "All resources successfully discovered",
    ),
    condition(
      "NamespaceDeletionGroupVersionParsingFailure",
      "False",
      "ParsedGroupVersions",
      "All legacy kube types successfully parsed",
    ),
    condition(
      "NamespaceDeletionContentFailure",
      "False",
      "ContentDeleted",
      "All content successfully deleted, may be waiting on finalization",
    ),
    condition(
      "NamespaceContentRemaining",
      "True",
      "SomeResourcesRemain",
      `Some resources are remaining: ${resources.join(", ")}`,
    ),
    waiting.length === 0
      ? condition(
          "NamespaceFinalizersRemaining",
          "False",
          "ContentHasNoFinalizers",
          "All content-preserving finalizers finished",
        )
      : condition(
          "NamespaceFinalizersRemaining",
          "True",
          "SomeFinalizersRemain",
          `Some content in the namespace has finalizers remaining: ${waiting.join(", ")}`,
        ),
  ];
}
