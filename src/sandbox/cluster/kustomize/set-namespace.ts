import { type Draft, kindOf, metadataOf, namespaceOf } from "./draft.ts";
import { isClusterScoped } from "./is-cluster-scoped.ts";
import { isJsonObject } from "./is-json-object.ts";

/**
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/filters/namespace/namespace.go:
 * everything that can be in a namespace moves there, and of role bindings' subjects `default` and the service accounts that moved.
 */
export function setNamespace(drafts: readonly Draft[], namespace: string): void {
  const moved = new Map<string, string>();
  for (const { object, names } of drafts) {
    if (kindOf(object) === "Namespace") {
      continue;
    }
    if (kindOf(object) === "ServiceAccount") {
      for (const name of [...names, String(metadataOf(object).name)]) {
        moved.set(name, namespaceOf(object));
      }
    }
    if (!isClusterScoped(object)) {
      metadataOf(object).namespace = namespace;
    }
  }
  for (const { object } of drafts) {
    if (kindOf(object) !== "RoleBinding" && kindOf(object) !== "ClusterRoleBinding") {
      continue;
    }
    const subjects = Array.isArray(object.subjects) ? object.subjects.filter(isJsonObject) : [];
    for (const subject of subjects) {
      const name = String(subject.name);
      if (subject.kind === "ServiceAccount" && (name === "default" || moved.get(name) === (subject.namespace ?? ""))) {
        subject.namespace = namespace;
      }
    }
  }
}
