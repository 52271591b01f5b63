import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import { subjectOf } from "../facts/identity.ts";
import { lacksPods } from "../facts/lacks-pods.ts";
import { steadyText } from "../facts/steady-text.ts";
import type { Workload } from "../facts/workload.ts";
import { shorten } from "../project/shorten.ts";
import type { Found } from "./rule.ts";
import { starterOf } from "./starter-of.ts";

/**
 * Workloads that the API server takes, and whose pods it refuses. Other failures to make a pod end by themselves.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment
 */
export function refusedPods(here: EnvironmentFacts, isIt: (message: string) => boolean): Found<"pod-refused">[] {
  const { workloads } = here;
  const all = (workloads.known ? workloads.value : []).flatMap((workload): Found<"pod-refused">[] => {
    const failure = failureOf(workload, here);
    if (!failure || !isIt(failure.message)) return [];
    const whose = starterOf(workload);
    return [
      {
        subject: subjectOf(whose),
        evidence: shorten(steadyText(failure.message)),
        seenFrom: "cluster",
        params: { workload: whose.name, kind: whose.kind, namespace: workload.namespace },
        ...(whose.kind === "CronJob" && { aside: true as const }),
        ...(failure.since ? { since: failure.since } : {}),
      },
    ];
  });
  // Runs of one CronJob are one.
  return [...new Map(all.map((found) => [found.subject, found])).values()];
}

/**
 * A Deployment's condition; the other kinds have none, and only Events tell. Those are kept for an hour: one from before the
 * newest pod was made is over.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/controller_utils.go
 */
function failureOf(
  workload: Workload,
  { refusals }: EnvironmentFacts,
): { message: string; since?: Date | undefined } | undefined {
  const { ReplicaFailure } = workload.conditions;
  if (ReplicaFailure) return ReplicaFailure.status === "True" && !ReplicaFailure.stale ? ReplicaFailure : undefined;
  if (lacksPods([workload]).length === 0) return undefined;
  const newest = Math.max(0, ...workload.pods.map(({ createdAt }) => createdAt?.getTime() ?? 0));
  const last = (refusals.known ? refusals.value : [])
    .filter(
      ({ about, name, at }) => about === workload.kind && name === workload.name && (at?.getTime() ?? 0) >= newest,
    )
    .toSorted((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0))
    .at(-1);
  // Whose words they are is no part of why.
  return last && { message: last.message.replace(/^.*?(?=\bpods "|\badmission webhook )/s, "") };
}
