import { fluxRule } from "../flux-rule.ts";

/** The manifests do not build: an error in one of them. */
export const fluxBuildFailed = fluxRule("flux-build-failed", ({ reason }) => reason === "BuildFailed");
