/** The kinds that Slipway reads or makes, and where the API server serves them. */
export const KINDS = {
  Namespace: { apiVersion: "v1", plural: "namespaces", namespaced: false },
  Node: { apiVersion: "v1", plural: "nodes", namespaced: false },
  Pod: { apiVersion: "v1", plural: "pods", namespaced: true },
  Service: { apiVersion: "v1", plural: "services", namespaced: true },
  ServiceAccount: { apiVersion: "v1", plural: "serviceaccounts", namespaced: true },
  Secret: { apiVersion: "v1", plural: "secrets", namespaced: true },
  Event: { apiVersion: "v1", plural: "events", namespaced: true },
  Deployment: { apiVersion: "apps/v1", plural: "deployments", namespaced: true },
  ReplicaSet: { apiVersion: "apps/v1", plural: "replicasets", namespaced: true },
  EndpointSlice: { apiVersion: "discovery.k8s.io/v1", plural: "endpointslices", namespaced: true },
  Ingress: { apiVersion: "networking.k8s.io/v1", plural: "ingresses", namespaced: true },
  IngressClass: { apiVersion: "networking.k8s.io/v1", plural: "ingressclasses", namespaced: false },
  RoleBinding: { apiVersion: "rbac.authorization.k8s.io/v1", plural: "rolebindings", namespaced: true },
  ClusterRole: { apiVersion: "rbac.authorization.k8s.io/v1", plural: "clusterroles", namespaced: false },
  SelfSubjectAccessReview: {
    apiVersion: "authorization.k8s.io/v1",
    plural: "selfsubjectaccessreviews",
    namespaced: false,
  },
  GitRepository: { apiVersion: "source.toolkit.fluxcd.io/v1", plural: "gitrepositories", namespaced: true },
  Kustomization: { apiVersion: "kustomize.toolkit.fluxcd.io/v1", plural: "kustomizations", namespaced: true },
  Certificate: { apiVersion: "cert-manager.io/v1", plural: "certificates", namespaced: true },
  CertificateRequest: { apiVersion: "cert-manager.io/v1", plural: "certificaterequests", namespaced: true },
  ClusterIssuer: { apiVersion: "cert-manager.io/v1", plural: "clusterissuers", namespaced: false },
  Order: { apiVersion: "acme.cert-manager.io/v1", plural: "orders", namespaced: true },
  Challenge: { apiVersion: "acme.cert-manager.io/v1", plural: "challenges", namespaced: true },
  Lease: { apiVersion: "coordination.k8s.io/v1", plural: "leases", namespaced: true },
  Project: { apiVersion: "slipway.dev/v1alpha1", plural: "projects", namespaced: true },
} as const;

export type Kind = keyof typeof KINDS;
