import { failedSources } from "../failed-sources.ts";
import type { Rule } from "../rule.ts";

/**
 * source-controller could not reach the repository in time. It keeps its last artifact, and images are deployed without it.
 * Reason and message as source-controller 1.7 gives them, seen on a real cluster whose way to GitHub was cut.
 * https://fluxcd.io/flux/components/source/gitrepositories/#failed-gitrepository
 */
export const fluxSourceTimeout: Rule<"flux-source-timeout"> = {
  code: "flux-source-timeout",
  scope: "environment",
  severity: "warn",
  needs: ["sources"],
  glance: true,
  explains: ["flux-source-failed"],
  remedies: ["check-again"],
  check: (seen) =>
    failedSources(seen, (message) =>
      /i\/o timeout|context deadline exceeded|Client\.Timeout exceeded|TLS handshake timeout/.test(message),
    ),
};
