import { fluxFailures } from "../flux-failures.ts";
import type { Rule } from "../rule.ts";

/** The manifests do not build: an error in one of them. */
export const fluxBuildFailed: Rule = {
  code: "flux-build-failed",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["kustomization"],
  remedies: ["retry"],
  check: ({ here }) => fluxFailures(here, ({ reason }) => reason === "BuildFailed"),
};
