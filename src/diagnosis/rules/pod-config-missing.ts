import { eachContainer } from "../each-container.ts";
import type { Rule } from "../rule.ts";

/** A ConfigMap, Secret or key that a container refers to is not there. */
export const podConfigMissing: Rule<"pod-config-missing"> = {
  code: "pod-config-missing",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "pods"],
  glance: true,
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: (seen) =>
    eachContainer(seen, ({ state }) =>
      state.is === "waiting" && state.reason === "CreateContainerConfigError" ? { evidence: state.message } : undefined,
    ),
};
