import { refusedPods } from "../refused-pods.ts";
import type { Rule } from "../rule.ts";

/**
 * The API server takes a workload and refuses its pods: by the namespace's Pod Security level, an operator's policy, or a
 * quota that wants limits to be named (`failed quota: … must specify limits.cpu`).
 */
export const podRefused: Rule<"pod-refused"> = {
  code: "pod-refused",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "refusals"],
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: ({ here }) =>
    refusedPods(here, (message) => /violates PodSecurity|denied (the )?request|failed quota:/.test(message)),
};
