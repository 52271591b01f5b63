import { fluxFailures } from "../flux-failures.ts";
import type { Rule } from "../rule.ts";

/** The repository has no manifests where the environment's are looked for. */
export const fluxPathMissing: Rule = {
  code: "flux-path-missing",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["kustomization"],
  remedies: ["retry"],
  check: ({ here }) =>
    fluxFailures(here, ({ reason, message }) => reason === "ArtifactFailed" && message.includes("path not found")),
};
