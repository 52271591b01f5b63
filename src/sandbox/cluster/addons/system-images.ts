/** Images that the node has from the start, as a k3s node has those of its air-gap bundle. */
export const SYSTEM_IMAGES = {
  sourceController: "ghcr.io/fluxcd/source-controller:v1.7.3",
  kustomizeController: "ghcr.io/fluxcd/kustomize-controller:v1.7.3",
  traefik: "docker.io/library/traefik:v3.7.12",
  certManager: "quay.io/jetstack/cert-manager-controller:v1.19.1",
  acmeSolver: "quay.io/jetstack/cert-manager-acmesolver:v1.19.1",
} as const;
