import { failedSources } from "../failed-sources.ts";
import type { Rule } from "../rule.ts";

/** A source does not fetch, for whatever reason: new manifests do not arrive. What Flux says is shown. */
export const fluxSourceFailed: Rule<"flux-source-failed"> = {
  code: "flux-source-failed",
  scope: "environment",
  severity: "warn",
  needs: ["sources"],
  // Credentials that are renewed at this moment end it by themselves.
  confirm: { milliseconds: 10_000 },
  remedies: ["check-again"],
  check: (seen) => failedSources(seen, () => true),
};
