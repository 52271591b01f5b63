import { fluxFailures } from "../flux-failures.ts";
import type { Rule } from "../rule.ts";

/** What was applied did not get ready in time. */
export const fluxHealthTimeout: Rule = {
  code: "flux-health-timeout",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["kustomization"],
  remedies: ["retry"],
  check: ({ here }) => fluxFailures(here, ({ reason }) => reason === "HealthCheckFailed"),
};
