import { groupVersionOf, kindOf } from "./draft.ts";
import type { JsonObject } from "./json.ts";

const CLUSTER_SCOPED = new Set([
  "APIService",
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterIssuer",
  "ClusterRole",
  "ClusterRoleBinding",
  "ComponentStatus",
  "CustomResourceDefinition",
  "FlowSchema",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
]);

/** Kinds that no namespace holds. A custom kind that kustomize does not know counts as namespaced, as it does there. */
export function isClusterScoped(object: JsonObject): boolean {
  return CLUSTER_SCOPED.has(kindOf(object)) && groupVersionOf(object).group !== "slipway.dev";
}
