import type { Control } from "../control.ts";
import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";

/** cert-manager's loops, from an Ingress's annotation to the Secret. */
export function createCertManager(_cluster: Cluster, _control: Control): Controller[] {
  return [];
}
