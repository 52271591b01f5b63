import type { FindingWords } from "../../words.ts";

const NOTHING_APPLIED = () => "The new manifests are not applied. What Flux applied before stays as it is.";

export const flux: Record<string, FindingWords> = {
  "flux-source-timeout": {
    title: () => "Flux cannot reach GitHub",
    cause: (p) =>
      `The cluster's connection to ${p.url || "the repository"}${p.address ? ` (${p.address})` : ""} times out.`,
    impact: (p) =>
      p.artifact
        ? "The running version is not affected, and new images are still deployed. Changes to the manifests in k8s/ do not arrive."
        : "Nothing of it runs yet: the launch waits until Flux has fetched the manifests once.",
    fix: () =>
      "Let the cluster out to GitHub, or give Flux a proxy (spec.proxySecretRef of the GitRepository; HTTPS_PROXY of source-controller for all) or a mirror. Flux tries again each minute by itself.",
  },
  "flux-path-missing": {
    title: () => "Flux does not find the manifests",
    cause: (p) => `The repository has no ${p.path} for the environment ${p.environment}.`,
    impact: NOTHING_APPLIED,
    fix: (p) => `Put a kustomization.yaml into ${p.path}, or rename the directory after the environment.`,
  },
  "flux-build-failed": {
    title: () => "Kustomize cannot build the manifests",
    cause: (p) => `There is an error in ${p.path} or what it refers to.`,
    impact: NOTHING_APPLIED,
    fix: () => "Fix the manifest named below, then push.",
  },
  "flux-apply-failed": {
    title: () => "The cluster refuses a manifest",
    cause: () => "Flux could not apply what the repository holds; the API server's reason is below.",
    impact: () => "The new manifests are not fully applied.",
    fix: () =>
      "Fix the object named below, then push. A project's manifests may only create objects in its own namespace, and no roles or privileged pods.",
  },
  "flux-health-timeout": {
    title: () => "What was applied is not ready in time",
    cause: () => "Flux has applied the manifests, but one object did not become ready in time.",
    impact: () => "Pods of the previous version, if there are any, keep running.",
    fix: () => "Look at the object named below.",
  },
  "flux-namespace-terminating": {
    title: () => "The namespace is being removed",
    cause: () => "The namespace is still going away, and takes nothing new.",
    impact: () => "The launch waits.",
    fix: () => "Wait; if it lasts, look for finalizers in it.",
  },
};
