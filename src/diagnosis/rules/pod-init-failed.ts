import { crashOf } from "../../facts/crash.ts";
import { eachContainer } from "../each-container.ts";
import type { Rule } from "../rule.ts";

/** An init container that does not succeed: the application behind it is never started. */
export const podInitFailed: Rule<"pod-init-failed"> = {
  code: "pod-init-failed",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "pods"],
  glance: true,
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: (seen) =>
    eachContainer(seen, (container) => {
      const crash = container.role === "init" ? crashOf(container) : undefined;
      return crash && { evidence: crash.evidence, exitCode: crash.ended?.exitCode ?? -1 };
    }),
};
