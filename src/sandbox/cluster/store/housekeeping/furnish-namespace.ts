import type { KubeObject } from "../../store.ts";
import type { ClusterStore } from "../cluster-store.ts";

/** What the ServiceAccount and root CA controllers put into every namespace. */
export function furnishNamespace(store: ClusterStore, namespace: KubeObject): void {
  const { name } = namespace.metadata;
  store.create({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } });
  store.create({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "kube-root-ca.crt",
      namespace: name,
      annotations: {
        "kubernetes.io/description":
          "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
      },
    },
    data: { "ca.crt": "" },
  });
}
