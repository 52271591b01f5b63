/** What a machine with the testbed and without the internet does instead, and why. Everything else is run as it is written. */
export const STAND_INS: Record<string, { does: string; because: string }> = {
  "curl -sfL https://get.k3s.io | sh -": {
    does: "kubectl -n kube-system rollout status deployment/traefik",
    because: "the cluster is the testbed's, with Traefik where k3s has it",
  },
  "export KUBECONFIG=/etc/rancher/k3s/k3s.yaml": {
    does: 'test -n "$KUBECONFIG"',
    because: "the testbed's is set",
  },
  "kubectl apply -f https://github.com/fluxcd/flux2/releases/latest/download/install.yaml": {
    does: "kubectl -n flux-system rollout status deployment/source-controller && kubectl -n flux-system rollout status deployment/kustomize-controller",
    because: "the testbed has Flux",
  },
  "kubectl apply -f https://github.com/cert-manager/cert-manager/releases/latest/download/cert-manager.yaml": {
    does: "kubectl wait --for=condition=Established crd/certificates.cert-manager.io crd/clusterissuers.cert-manager.io",
    because: "the testbed has cert-manager",
  },
  "kubectl -n cert-manager rollout status deployment/cert-manager-webhook": {
    does: "kubectl -n cert-manager rollout status deployment/cert-manager",
    because: "the testbed's has no webhook",
  },
  "kubectl apply -f issuer.yaml": {
    does: "kubectl apply --dry-run=server -f issuer.yaml && kubectl wait --for=condition=Ready clusterissuer/letsencrypt-prod",
    because: "the testbed's issuer of that name has an account with its own ACME server",
  },
};
