import type { Store } from "../store.ts";
import { bootstrapRoles } from "./bootstrap-roles.ts";

/** What a cluster has before anybody has asked it for anything. */
export function bootstrap(store: Store): void {
  for (const role of bootstrapRoles()) store.create(role);
  for (const name of ["default", "kube-system", "kube-public", "kube-node-lease"]) {
    store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
  for (const [name, value, description] of [
    [
      "system-node-critical",
      2_000_001_000,
      "Used for system critical pods that must not be moved from their current node.",
    ],
    [
      "system-cluster-critical",
      2_000_000_000,
      "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
    ],
  ] as const) {
    store.create({
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name },
      value,
      description,
      preemptionPolicy: "PreemptLowerPriority",
    });
  }
  store.create({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kubernetes", namespace: "default", labels: { component: "apiserver", provider: "kubernetes" } },
    spec: { clusterIP: "10.43.0.1", ports: [{ name: "https", port: 443, targetPort: 6443 }] },
  });
}
