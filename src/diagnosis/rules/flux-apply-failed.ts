import { fluxFailures } from "../flux-failures.ts";
import type { Rule } from "../rule.ts";

/** The API server refuses what was built. */
export const fluxApplyFailed: Rule = {
  code: "flux-apply-failed",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["kustomization"],
  remedies: ["retry"],
  check: ({ here }) =>
    fluxFailures(here, ({ reason }) => reason === "ReconciliationFailed" || reason === "PruneFailed"),
};
