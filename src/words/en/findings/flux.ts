import type { flux as codes } from "../../../project/finding-params/flux.ts";
import type { Params } from "../../../project/params.ts";
import type { FindingsWords } from "../../words.ts";

/** Only of what was seen to run. */
const unaffected = (p: Params) => (p.running ? "The running version is not affected. " : "");

const NO_MANIFESTS = () => "New manifests are not applied.";

export const flux: FindingsWords<keyof typeof codes> = {
  "flux-source-timeout": {
    title: () => "Flux cannot reach GitHub",
    cause: (p) =>
      `The cluster’s connection to ${p.url || "the repository"}${p.address ? ` (${p.address})` : ""} times out.`,
    impact: (p) =>
      p.artifact
        ? `${unaffected(p)}New images are still deployed. Changes to the manifests in k8s/ do not reach the cluster.`
        : "Nothing runs yet: the launch waits until Flux has fetched the manifests once.",
    fix: () =>
      "Allow the cluster to connect to GitHub, or give Flux a proxy (spec.proxySecretRef of the GitRepository, or HTTPS_PROXY on source-controller for all of them) or a mirror. Flux tries again every minute.",
  },
  "flux-source-failed": {
    title: () => "Flux cannot fetch the repository",
    cause: (p) => `Flux fails to fetch ${p.url || "the repository"}. Its error is below.`,
    impact: (p) =>
      p.artifact
        ? `${unaffected(p)}Changes to the manifests in k8s/ do not reach the cluster.`
        : "Nothing runs yet: the launch waits until Flux has fetched the manifests once.",
    fix: () => "Fix what the error names: the credentials, the branch or the network. Flux tries again every minute.",
  },
  "flux-suspended": {
    title: (p) => `Flux’s ${p.kind} ${p.name} is suspended`,
    cause: (p) => (p.by ? `${p.by} suspended it.` : "Someone suspended it. Slipway never does that."),
    impact: () => "New commits do not reach the cluster until it is resumed.",
    fix: (p) =>
      `Run kubectl -n ${p.namespace} patch ${String(p.kind).toLowerCase()} ${p.name} --type merge -p '{"spec":{"suspend":false}}' to resume it.`,
  },
  "flux-path-missing": {
    title: () => "Flux cannot find the manifests",
    cause: (p) => `The repository has no ${p.path} for the environment ${p.environment}.`,
    impact: NO_MANIFESTS,
    fix: (p) => `Put a kustomization.yaml into ${p.path}, or rename the directory after the environment.`,
  },
  "flux-build-failed": {
    title: () => "Kustomize cannot build the manifests",
    cause: (p) => `Kustomize reports an error in ${p.path} or in a file that it refers to.`,
    impact: NO_MANIFESTS,
    fix: () => "Fix the manifest named above and push.",
  },
  "flux-apply-failed": {
    title: () => "The cluster rejects a manifest",
    cause: (p) =>
      `Flux could not apply the manifests. The API server’s reason is below.${p.applied ? ` Before that, Flux applied ${p.applied}.` : ""}`,
    impact: (p) => (p.applied ? "Only some of the new manifests are applied." : NO_MANIFESTS()),
    fix: () =>
      "Fix the object named above and push. A project may create objects in its own namespace only, and neither roles nor privileged pods.",
  },
  "flux-health-timeout": {
    title: () => "An applied object does not become ready",
    cause: () => "Flux applied the manifests, but one object did not become ready in time.",
    impact: () => "The new version is not ready.",
    fix: () => "Check the object named above.",
  },
  "flux-namespace-terminating": {
    title: () => "The namespace is being deleted",
    cause: () => "Kubernetes is still deleting the namespace and accepts nothing new in it.",
    impact: () => "The launch waits.",
    fix: () => "Wait. If this lasts, an operator checks the namespace for finalizers.",
  },
  "namespace-gone": {
    title: (p) => `The namespace ${p.namespace} is gone`,
    cause: (p) =>
      p.going
        ? `Someone is deleting the namespace ${p.namespace} of ${p.environment}.`
        : `Someone deleted the namespace ${p.namespace} of ${p.environment}, or it was created again a moment ago.`,
    impact: (p) => `Nothing of ${p.environment} runs until the namespace is restored.`,
    fix: () => "Slipway recreates it with the last release. Data that was only in that namespace is lost.",
  },
};
