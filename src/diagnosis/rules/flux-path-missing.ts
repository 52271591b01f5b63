import { fluxRule } from "../flux-rule.ts";

/** The repository has no manifests where the environment's are looked for. */
export const fluxPathMissing = fluxRule(
  "flux-path-missing",
  ({ reason, message }) => reason === "ArtifactFailed" && message.includes("path not found"),
);
