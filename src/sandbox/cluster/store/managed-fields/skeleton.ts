import type { Kind } from "../kind.ts";

const TEMPLATE = { metadata: {}, spec: {} };
const SPECS: Record<string, object> = {
  Deployment: { template: TEMPLATE, strategy: {} },
  ReplicaSet: { template: TEMPLATE },
  StatefulSet: { template: TEMPLATE, updateStrategy: {} },
  DaemonSet: { template: TEMPLATE, updateStrategy: {} },
  Job: { template: TEMPLATE },
  CronJob: { jobTemplate: { metadata: {}, spec: { template: TEMPLATE } } },
};

/**
 * What a create is compared with: in the real server a Go value of the kind, in which structs that are no pointers
 * are there already, so that nobody comes to own `spec` itself.
 */
export function skeleton(kind: Kind): object {
  if (kind.custom) return {};
  return { metadata: {}, spec: SPECS[kind.kind] ?? {}, status: kind.kind === "Service" ? { loadBalancer: {} } : {} };
}
