import { pullFailureOf } from "../../facts/pull-failure.ts";
import { imageOf } from "../../project/naming.ts";
import { eachContainer } from "../each-container.ts";
import { evidenceOfPull } from "../evidence-of-pull.ts";
import type { Rule } from "../rule.ts";

/** An image beside the project's own, a sidecar's for instance, is not where the manifests say. */
export const imageMissing: Rule<"image-missing"> = {
  code: "image-missing",
  scope: "environment",
  severity: "fail",
  stage: "rollout",
  needs: ["workloads", "pods"],
  explains: ["rollout-stuck", "flux-health-timeout", "http-404-no-route", "http-502-503-504"],
  remedies: ["retry"],
  check: (seen) => {
    const { project, settings } = seen;
    const own = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
    return eachContainer(seen, (container) =>
      pullFailureOf(container) === "missing" && !container.image.startsWith(`${own}:`)
        ? { evidence: evidenceOfPull(container) }
        : undefined,
    );
  },
};
