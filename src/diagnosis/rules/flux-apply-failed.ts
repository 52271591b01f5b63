import { fluxRule } from "../flux-rule.ts";

/** The API server refuses what was built. */
export const fluxApplyFailed = fluxRule(
  "flux-apply-failed",
  ({ reason }) => reason === "ReconciliationFailed" || reason === "PruneFailed",
);
