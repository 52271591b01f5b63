/** API versions of the cluster objects that steps make, by the kind that the ledger names. */
export const KINDS_MADE: Record<string, string> = {
  Namespace: "v1",
  ServiceAccount: "v1",
  Secret: "v1",
  RoleBinding: "rbac.authorization.k8s.io/v1",
  GitRepository: "source.toolkit.fluxcd.io/v1",
  Kustomization: "kustomize.toolkit.fluxcd.io/v1",
};
