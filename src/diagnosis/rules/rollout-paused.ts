import { holderOf } from "../../facts/holder-of.ts";
import { subjectOf } from "../../facts/identity.ts";
import { workloadsApplied } from "../../facts/workloads-applied.ts";
import type { Found, Rule } from "../rule.ts";

/** A new revision waits, for somebody has paused the Deployment. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment */
export const rolloutPaused: Rule<"rollout-paused"> = {
  code: "rollout-paused",
  scope: "environment",
  severity: "warn",
  needs: ["workloads", "kustomization"],
  remedies: ["check-again"],
  check: ({ here }) =>
    workloadsApplied(here)
      .filter(({ paused, settled }) => paused && !settled)
      .map((workload): Found<"rollout-paused"> => {
        const { whose, name } = holderOf(here, workload, "spec.paused");
        return {
          subject: subjectOf(workload),
          evidence: `${workload.kind} ${workload.namespace}/${workload.name}: spec.paused is true`,
          seenFrom: "cluster",
          params: {
            workload: workload.name,
            namespace: workload.namespace,
            whose,
            by: whose === "flux" ? "" : name,
          },
        };
      }),
};
