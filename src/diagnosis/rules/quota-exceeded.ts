import { refusedPods } from "../refused-pods.ts";
import type { Rule } from "../rule.ts";

/** The namespace's quota leaves no room for a pod. */
export const quotaExceeded: Rule<"quota-exceeded"> = {
  code: "quota-exceeded",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "refusals"],
  glance: true,
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: ({ here }) => refusedPods(here, (message) => message.includes("exceeded quota")),
};
