import type { KubeObject } from "../store.ts";
import { SYSTEM_IMAGES } from "./system-images.ts";
import { workload } from "./workload.ts";

const namespace = "flux-system";
const NAMES = ["source-controller", "kustomize-controller"] as const;

/** Flux's two controllers that projects need, with the rights that `flux install` gives them. */
export const flux: readonly KubeObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
  ...NAMES.flatMap((name) =>
    workload({
      namespace,
      name,
      image: name === "source-controller" ? SYSTEM_IMAGES.sourceController : SYSTEM_IMAGES.kustomizeController,
      labels: { app: name, "app.kubernetes.io/part-of": "flux" },
      args: ["--watch-all-namespaces", "--log-level=info", "--log-encoding=json"],
      ports: name === "source-controller" ? [{ name: "http", containerPort: 9090 }] : undefined,
    }),
  ),
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "source-controller", namespace },
    spec: { selector: { app: "source-controller" }, ports: [{ name: "http", port: 80, targetPort: 9090 }] },
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "flux-cluster-admin" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: NAMES.map((name) => ({ kind: "ServiceAccount", name, namespace })),
  },
];
