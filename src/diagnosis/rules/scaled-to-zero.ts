import { holderOf } from "../../facts/holder-of.ts";
import { subjectOf } from "../../facts/identity.ts";
import { replicasGiven } from "../../facts/replicas-given.ts";
import { workloadsApplied } from "../../facts/workloads-applied.ts";
import type { Found, Rule } from "../rule.ts";

/** No pod is asked for: in the repository, in the Project, by hand, or by an autoscaler. Nobody answers then, as somebody wanted it. */
export const scaledToZero: Rule<"scaled-to-zero"> = {
  code: "scaled-to-zero",
  scope: "environment",
  severity: "warn",
  needs: ["workloads", "kustomization"],
  explains: ["http-404-no-route", "http-502-503-504", "not-reachable-unexplained"],
  remedies: ["check-again"],
  check({ here, project }) {
    const asked = replicasGiven(project, here) === 0;
    const serving = workloadsApplied(here).filter(({ kind }) => kind !== "Job");
    // One of several may rest on purpose; what nobody is left to serve is worth a word.
    if (serving.some(({ wanted }) => wanted > 0)) return [];
    const [first] = serving.filter(({ kind }) => kind !== "DaemonSet");
    return [first ?? []].flat().map((workload): Found<"scaled-to-zero"> => {
      const { whose, name, at } = holderOf(here, workload, "spec.replicas");
      return {
        subject: subjectOf(workload),
        evidence: `${workload.kind} ${workload.namespace}/${workload.name}: spec.replicas is 0`,
        seenFrom: "cluster",
        params: {
          workload: workload.name,
          kind: workload.kind,
          namespace: workload.namespace,
          environment: here.environment.name,
          // Who says so where nobody did it by hand.
          ...(asked ? { project: project.metadata.name } : {}),
          whose,
          by: whose === "other" ? name : "",
        },
        ...(at ? { since: at } : {}),
      };
    });
  },
};
