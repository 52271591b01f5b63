import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import { subjectOf } from "../facts/identity.ts";
import { shorten } from "../facts/shorten.ts";
import { steadyText } from "../facts/steady-text.ts";
import type { Found } from "./rule.ts";

/**
 * Workloads that the API server takes, and whose pods it refuses. Other failures to make a pod end by themselves.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment
 */
export function refusedPods({ workloads }: EnvironmentFacts, isIt: (message: string) => boolean): Found[] {
  return (workloads.known ? workloads.value : []).flatMap((workload): Found[] => {
    const failure = workload.conditions.ReplicaFailure;
    if (failure?.status !== "True" || failure.stale || !isIt(failure.message)) return [];
    return [
      {
        subject: subjectOf(workload),
        evidence: shorten(steadyText(failure.message)),
        seenFrom: "cluster",
        params: { workload: workload.name, namespace: workload.namespace },
        ...(failure.since ? { since: failure.since } : {}),
      },
    ];
  });
}
