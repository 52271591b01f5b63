import { subjectOf } from "../../facts/identity.ts";
import type { Workload } from "../../facts/workload.ts";
import type { Found, Rule } from "../rule.ts";

/** No progress within the deadline, and nothing that says why. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment */
export const rolloutStuck: Rule<"rollout-stuck"> = {
  code: "rollout-stuck",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads"],
  explains: ["http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: ({ here: { workloads } }) =>
    (workloads.known ? workloads.value : []).flatMap((workload): Found<"rollout-stuck">[] => {
      const { Progressing } = workload.conditions;
      if (Progressing?.reason !== "ProgressDeadlineExceeded" || Progressing.stale || workload.settled) return [];
      return [
        {
          subject: subjectOf(workload),
          evidence: Progressing.message,
          seenFrom: "cluster",
          params: {
            workload: workload.name,
            ready: workload.ready,
            wanted: workload.wanted,
            unready: unready(workload).join(", "),
          },
        },
      ];
    }),
};

/** Containers of its newest pods that run, and are not ready as their probes see them. */
function unready({ pods }: Workload): string[] {
  const containers = pods.filter(({ current }) => current).flatMap((pod) => pod.containers);
  return [
    ...new Set(containers.filter(({ state, ready }) => state.is === "running" && !ready).map(({ name }) => name)),
  ];
}
