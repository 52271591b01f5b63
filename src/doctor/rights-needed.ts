export interface Right {
  group: string;
  resource: string;
  subresource?: string;
  name?: string;
  /** In Slipway's own namespace alone. */
  own?: true;
  verbs: readonly string[];
}

/** Of manifests/base/rbac.yaml what tells whether it is in force: each resource, to look at it and to change it. A test holds the two together. */
export const RIGHTS: readonly Right[] = [
  { group: "", resource: "namespaces", verbs: ["watch", "create", "patch", "delete"] },
  { group: "", resource: "serviceaccounts", verbs: ["patch", "delete"] },
  { group: "", resource: "secrets", verbs: ["patch", "delete"] },
  { group: "rbac.authorization.k8s.io", resource: "rolebindings", verbs: ["patch", "delete"] },
  { group: "rbac.authorization.k8s.io", resource: "clusterroles", name: "slipway-project", verbs: ["get", "bind"] },
  { group: "source.toolkit.fluxcd.io", resource: "gitrepositories", verbs: ["watch", "patch", "delete"] },
  { group: "kustomize.toolkit.fluxcd.io", resource: "kustomizations", verbs: ["watch", "patch", "delete"] },
  { group: "", resource: "pods", verbs: ["watch", "delete"] },
  { group: "", resource: "services", verbs: ["watch"] },
  { group: "", resource: "nodes", verbs: ["list"] },
  { group: "", resource: "events", verbs: ["list"] },
  { group: "apps", resource: "deployments", verbs: ["watch"] },
  { group: "discovery.k8s.io", resource: "endpointslices", verbs: ["watch"] },
  { group: "networking.k8s.io", resource: "ingresses", verbs: ["watch"] },
  { group: "networking.k8s.io", resource: "ingressclasses", verbs: ["list"] },
  { group: "cert-manager.io", resource: "certificates", verbs: ["watch"] },
  { group: "cert-manager.io", resource: "clusterissuers", verbs: ["list"] },
  { group: "acme.cert-manager.io", resource: "challenges", verbs: ["list"] },
  { group: "slipway.dev", resource: "projects", own: true, verbs: ["watch", "create", "patch", "delete"] },
  { group: "slipway.dev", resource: "projects", subresource: "status", own: true, verbs: ["update"] },
  { group: "coordination.k8s.io", resource: "leases", name: "slipway", own: true, verbs: ["get", "update"] },
];
