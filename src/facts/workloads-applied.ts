import type { EnvironmentFacts } from "./environment-facts.ts";
import type { Workload } from "./workload.ts";

/** Those that Flux applied; without an inventory (nothing was applied yet) all that bear our label and nobody else made. */
export function workloadsApplied({ workloads, kustomization }: EnvironmentFacts): Workload[] {
  if (!workloads.known) return [];
  const inventory = kustomization.known ? kustomization.value?.inventory : undefined;
  if (!inventory) return workloads.value.filter(({ owner }) => owner === undefined);
  return workloads.value.filter((workload) =>
    inventory.some(
      ({ kind, name, namespace }) =>
        kind === workload.kind && name === workload.name && namespace === workload.namespace,
    ),
  );
}
