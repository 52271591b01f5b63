import { fluxRule } from "../flux-rule.ts";

/** What was applied did not get ready in time. */
export const fluxHealthTimeout = fluxRule("flux-health-timeout", ({ reason }) => reason === "HealthCheckFailed");
