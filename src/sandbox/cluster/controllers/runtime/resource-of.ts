import type { KubeObject, Store } from "../../store.ts";

export interface Resource {
  group: string;
  plural: string;
  namespaced: boolean;
}

const IRREGULAR: Record<string, string> = {
  Endpoints: "endpoints",
  Ingress: "ingresses",
  IngressClass: "ingressclasses",
  NetworkPolicy: "networkpolicies",
  StorageClass: "storageclasses",
  PriorityClass: "priorityclasses",
  RuntimeClass: "runtimeclasses",
};

const CLUSTER_SCOPED = new Set([
  "APIService",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
]);

/** How a kind is called in URLs and in RBAC rules. */
export function resourceOf(store: Store, { apiVersion, kind }: { apiVersion: string; kind: string }): Resource {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  const custom = store
    .list("apiextensions.k8s.io/v1", "CustomResourceDefinition")
    .map(namesOf)
    .find((names) => names?.group === group && names.kind === kind);
  return custom
    ? { group, plural: custom.plural, namespaced: custom.namespaced }
    : { group, plural: IRREGULAR[kind] ?? `${kind.toLowerCase()}s`, namespaced: !CLUSTER_SCOPED.has(kind) };
}

function namesOf(crd: KubeObject) {
  const spec: unknown = crd.spec;
  if (typeof spec !== "object" || spec === null || !("names" in spec) || !("group" in spec)) {
    return undefined;
  }
  const names: unknown = spec.names;
  if (typeof names !== "object" || names === null || !("plural" in names) || !("kind" in names)) {
    return undefined;
  }
  return {
    group: String(spec.group),
    kind: String(names.kind),
    plural: String(names.plural),
    namespaced: !("scope" in spec) || spec.scope === "Namespaced",
  };
}
