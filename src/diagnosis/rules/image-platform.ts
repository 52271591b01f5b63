import { pullFailureOf } from "../../facts/pull-failure.ts";
import { eachContainer } from "../each-container.ts";
import { evidenceOfPull } from "../evidence-of-pull.ts";
import type { Rule } from "../rule.ts";

/** The image has no variant for the node's processor. */
export const imagePlatform: Rule<"image-platform"> = {
  code: "image-platform",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "pods"],
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: (seen) =>
    eachContainer(seen, (container) =>
      pullFailureOf(container) === "platform" ? { evidence: evidenceOfPull(container) } : undefined,
    ),
};
