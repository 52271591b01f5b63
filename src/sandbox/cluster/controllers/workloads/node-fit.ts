import { z } from "zod";
import type { KubeObject, Store } from "../../store.ts";

const Quantities = z.record(z.string(), z.union([z.string(), z.number()])).default({});
const Pod = z.looseObject({
  spec: z.looseObject({
    nodeName: z.string().optional(),
    nodeSelector: z.record(z.string(), z.string()).default({}),
    containers: z
      .array(z.looseObject({ resources: z.looseObject({ requests: Quantities }).default({ requests: {} }) }))
      .default([]),
  }),
});
const Node = z.looseObject({ status: z.looseObject({ allocatable: Quantities }).default({ allocatable: {} }) });

/**
 * Undefined if the pod fits, otherwise the scheduler's words.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/scheduler/framework/plugins/noderesources/fit.go
 */
export function nodeFit(store: Store, pod: KubeObject, nodeName: string): string | undefined {
  const node = store.get({ apiVersion: "v1", kind: "Node", name: nodeName });
  if (!node) {
    return "no nodes available to schedule pods.";
  }
  const { spec } = Pod.parse(pod);
  const labels = node.metadata.labels ?? {};
  if (Object.entries(spec.nodeSelector).some(([key, value]) => labels[key] !== value)) {
    return "1 node(s) didn't match Pod's node affinity/selector.";
  }
  const { allocatable } = Node.parse(node).status;
  const others = store
    .list("v1", "Pod")
    .filter((other) => other.metadata.uid !== pod.metadata.uid && Pod.parse(other).spec.nodeName === nodeName);
  const lacking = ["cpu", "memory"].filter((resource) => {
    const used = others.reduce((sum, other) => sum + requested(other, resource), 0);
    const capacity = allocatable[resource];
    return capacity !== undefined && used + requested(pod, resource) > quantity(capacity);
  });
  return lacking.length === 0 ? undefined : `${lacking.map((resource) => `1 Insufficient ${resource}`).join(", ")}.`;
}

function requested(pod: KubeObject, resource: string): number {
  return Pod.parse(pod).spec.containers.reduce(
    (sum, { resources }) => sum + quantity(resources.requests[resource] ?? 0),
    0,
  );
}

const SUFFIXES: Record<string, number> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
function quantity(value: string | number): number {
  const [, number = "0", suffix = ""] = /^([\d.]+)([A-Za-z]*)$/.exec(String(value)) ?? [];
  return Number(number) * (SUFFIXES[suffix] ?? 1);
}
