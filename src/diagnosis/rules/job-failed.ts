import { subjectOf } from "../../facts/identity.ts";
import { workloadsApplied } from "../../facts/workloads-applied.ts";
import { jobEnd } from "../job-end.ts";
import type { Rule } from "../rule.ts";

/** A Job that was applied has failed, and is not run again. https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup */
export const jobFailed: Rule<"job-failed"> = {
  code: "job-failed",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "kustomization"],
  explains: ["flux-health-timeout"],
  remedies: ["retry"],
  check: ({ here }) =>
    workloadsApplied(here).flatMap((workload) => {
      const end = jobEnd(workload);
      return end ? [{ subject: subjectOf(workload), ...end }] : [];
    }),
};
