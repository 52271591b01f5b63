import { pullFailureOf } from "../../facts/pull-failure.ts";
import { eachContainer } from "../each-container.ts";
import { evidenceOfPull } from "../evidence-of-pull.ts";
import type { Rule } from "../rule.ts";

/** The node is shown a certificate that is not the registry's. */
export const imageRegistryTls: Rule<"image-registry-tls"> = {
  code: "image-registry-tls",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "pods"],
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: (seen) =>
    eachContainer(seen, (container) =>
      pullFailureOf(container) === "tls" ? { evidence: evidenceOfPull(container) } : undefined,
    ),
};
