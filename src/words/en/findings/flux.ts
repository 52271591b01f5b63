import type { Params } from "../../../project/params.ts";
import type { FindingWords } from "../../words.ts";

/** Only of what was seen to run. */
const unaffected = (p: Params) => (p.running ? "The running version is not affected. " : "");

const NO_MANIFESTS = () => "New manifests are not applied.";

export const flux: Record<string, FindingWords> = {
  "flux-source-timeout": {
    title: () => "Flux cannot reach GitHub",
    cause: (p) =>
      `The cluster’s connection to ${p.url || "the repository"}${p.address ? ` (${p.address})` : ""} times out.`,
    impact: (p) =>
      p.artifact
        ? `${unaffected(p)}New images are still deployed. Changes to the manifests in k8s/ do not arrive.`
        : "Nothing of it runs yet: the launch waits until Flux has fetched the manifests once.",
    fix: () =>
      "Let the cluster out to GitHub, or give Flux a proxy (spec.proxySecretRef of the GitRepository; HTTPS_PROXY of source-controller for all) or a mirror. Flux tries again every minute.",
  },
  "flux-source-failed": {
    title: () => "Flux cannot fetch the repository",
    cause: (p) => `Flux fails to fetch ${p.url || "the repository"}; its own words are below.`,
    impact: (p) =>
      p.artifact
        ? `${unaffected(p)}Changes to the manifests in k8s/ do not arrive.`
        : "Nothing of it runs yet: the launch waits until Flux has fetched the manifests once.",
    fix: () => "Fix what Flux names: credentials, the branch, or the network. It tries again every minute.",
  },
  "flux-suspended": {
    title: (p) => `Flux’s ${p.kind} ${p.name} is suspended`,
    cause: (p) => (p.by ? `${p.by} suspended it.` : "Somebody suspended it. Slipway never does."),
    impact: () => "What is pushed does not reach the cluster until it is resumed.",
    fix: (p) =>
      `Run kubectl -n ${p.namespace} patch ${String(p.kind).toLowerCase()} ${p.name} --type merge -p '{"spec":{"suspend":false}}' to resume it.`,
  },
  "flux-path-missing": {
    title: () => "Flux does not find the manifests",
    cause: (p) => `The repository has no ${p.path} for the environment ${p.environment}.`,
    impact: NO_MANIFESTS,
    fix: (p) => `Put a kustomization.yaml into ${p.path}, or rename the directory after the environment.`,
  },
  "flux-build-failed": {
    title: () => "Kustomize cannot build the manifests",
    cause: (p) => `There is an error in ${p.path} or in what it refers to.`,
    impact: NO_MANIFESTS,
    fix: () => "Correct the manifest that the evidence names, and push.",
  },
  "flux-apply-failed": {
    title: () => "The cluster refuses a manifest",
    cause: (p) =>
      `Flux could not apply what the repository holds; the API server’s reason is below.${p.applied ? ` By then it had applied ${p.applied}.` : ""}`,
    impact: (p) => (p.applied ? "New manifests are applied only in part." : NO_MANIFESTS()),
    fix: () =>
      "Correct the object that the evidence names, and push. A project’s manifests may only create objects in its own namespace, and no roles or privileged pods.",
  },
  "flux-health-timeout": {
    title: () => "What was applied does not become ready",
    cause: () => "Flux has applied the manifests, but one object did not become ready in time.",
    impact: () => "The new version is not ready.",
    fix: () => "Look at the object that the evidence names.",
  },
  "flux-namespace-terminating": {
    title: () => "The namespace is being removed",
    cause: () => "The namespace is still going away, and takes nothing new.",
    impact: () => "The launch waits.",
    fix: () => "Wait. If it lasts, look for finalizers in it.",
  },
  "namespace-gone": {
    title: (p) => `The namespace ${p.namespace} is gone`,
    cause: (p) =>
      p.going
        ? `Somebody is deleting the namespace ${p.namespace} of ${p.environment}.`
        : `Somebody deleted the namespace ${p.namespace} of ${p.environment}, or it was made anew a moment ago.`,
    impact: (p) => `Nothing of ${p.environment} runs until it is whole again.`,
    fix: () => "Slipway recreates it, with all that was released last. Data that was only in that namespace is lost.",
  },
};
