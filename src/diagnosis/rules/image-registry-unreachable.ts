import { pullFailureOf } from "../../facts/pull-failure.ts";
import { eachContainer } from "../each-container.ts";
import { evidenceOfPull } from "../evidence-of-pull.ts";
import type { Rule } from "../rule.ts";

/** The node does not get through to the registry, or not to an answer. */
export const imageRegistryUnreachable: Rule<"image-registry-unreachable"> = {
  code: "image-registry-unreachable",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "pods"],
  confirm: { milliseconds: 10_000 },
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: (seen) =>
    eachContainer(seen, (container) =>
      pullFailureOf(container) === "unreachable" ? { evidence: evidenceOfPull(container) } : undefined,
    ),
};
