import type { KubeObject } from "../store.ts";
import { SYSTEM_IMAGES } from "./system-images.ts";
import { workload } from "./workload.ts";

const namespace = "cert-manager";

/** cert-manager's controller and the issuer that projects ask for. Its status is written by the issuer's controller. */
export const certManager: readonly KubeObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
  ...workload({
    namespace,
    name: "cert-manager",
    image: SYSTEM_IMAGES.certManager,
    labels: { "app.kubernetes.io/name": "cert-manager" },
    args: ["--cluster-resource-namespace=cert-manager", `--acme-http01-solver-image=${SYSTEM_IMAGES.acmeSolver}`],
  }),
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "cert-manager-cluster-admin" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", name: "cert-manager", namespace }],
  },
  {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name: "letsencrypt-prod" },
    spec: {
      acme: {
        server: "https://acme-v02.api.letsencrypt.org/directory",
        email: "operations@sandbox.localhost",
        privateKeySecretRef: { name: "letsencrypt-prod" },
        solvers: [{ http01: { ingress: { ingressClassName: "traefik" } } }],
      },
    },
  },
];
