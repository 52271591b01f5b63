import { crashOf } from "../../facts/crash.ts";
import { eachContainer } from "../each-container.ts";
import type { Rule } from "../rule.ts";

/** A container of the application's, or beside it, that ends again and again. */
export const podCrashloop: Rule<"pod-crashloop"> = {
  code: "pod-crashloop",
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
      if (!crash || crash.outOfMemory) return undefined;
      return { evidence: crash.evidence, exitCode: crash.ended?.exitCode ?? -1 };
    }),
};
