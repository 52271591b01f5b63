import { crashOf } from "../../facts/crash.ts";
import { eachContainer } from "../each-container.ts";
import type { Rule } from "../rule.ts";

/** Killed at its memory limit, again and again. */
export const podOom: Rule<"pod-oom"> = {
  code: "pod-oom",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "pods"],
  glance: true,
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: (seen) =>
    eachContainer(seen, (container) => {
      const crash = container.role === "init" ? undefined : crashOf(container);
      if (!crash?.outOfMemory) return undefined;
      return { evidence: crash.evidence, exitCode: crash.ended?.exitCode ?? -1 };
    }),
};
