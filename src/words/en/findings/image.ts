import type { image as codes } from "../../../project/finding-params/image.ts";
import type { Params } from "../../../project/params.ts";
import type { FindingsWords } from "../../words.ts";
import { jobWords } from "./job-words.ts";

const NOTHING_NEW = (p: Params) => (jobWords.of(p) ? jobWords.impact(p) : "New pods cannot start.");

/** Whose pull it is: a node's for a container, or Slipway's own look at the registry. Findings that were stored before name no workload. */
const where = (p: Params) =>
  p.container && p.workload
    ? ` for the ${p.role === "init" || p.role === "sidecar" ? `${p.role} container` : "container"} ${p.container} of ${jobWords.of(p) ? `the ${jobWords.of(p)}` : p.workload}`
    : "";

export const image: FindingsWords<keyof typeof codes> = {
  "image-never-pushed": {
    title: () => "The image is not in the registry",
    cause: (p) =>
      `The build ${p.conclusion === undefined ? "succeeded" : `has ended${p.conclusion === "" ? "" : ` (${p.conclusion})`}`}, but ${p.image}${p.tag ? `:${p.tag}` : ""} is not there. It was pushed under another name or tag, or not at all.`,
    impact: NOTHING_NEW,
    fix: () => "Compare the name and tag that the workflow pushes with those above, then fix the workflow and push.",
  },
  "pin-image-missing": {
    title: (p) => `${p.environment} is pinned to a commit that has no image`,
    cause: (p) =>
      `The registry has no ${p.image}:${p.tag}. ${p.number === undefined ? `GitHub lists no build of ${p.sha}.` : `The last build of ${p.sha}, run #${p.number}, pushed none${p.conclusion ? ` (${p.conclusion})` : ""}.`}`,
    impact: (p) => `Nothing new is deployed to ${p.environment}. Slipway does not change what is deployed there.`,
    fix: (p) =>
      `Run the build of ${p.sha} on GitHub, or pin ${p.environment} to a commit that was built. To use its manifests with another image, also set tag of ${p.environment} in the Project ${p.project}.`,
  },
  "image-missing": {
    title: (p) => `The image of ${p.container} does not exist`,
    cause: (p) => `The registry has no ${p.image}${where(p)}.`,
    impact: NOTHING_NEW,
    fix: (p) => `Fix the image name or tag in k8s/ and push.${jobWords.first(p)}`,
  },
  "image-unauthorized": {
    title: () => "The registry refuses the pull",
    cause: (p) =>
      `The registry does not let ${p.container ? "the node" : "Slipway"} read the image${where(p)}: the token has expired or lacks read:packages, or the package is private and not linked to this repository.`,
    impact: NOTHING_NEW,
    fix: () => "An operator renews REGISTRY_PULL_TOKEN (scope read:packages). Then press Retry.",
  },
  "image-registry-unreachable": {
    title: () => "The registry cannot be reached",
    cause: (p) => `The registry does not answer the node${where(p)}.`,
    impact: NOTHING_NEW,
    fix: () =>
      "An operator checks the network between the node and the registry, or gives containerd a mirror (registries.yaml).",
  },
  "image-registry-tls": {
    title: () => "The registry presents the wrong certificate",
    cause: () =>
      "The certificate does not belong to the registry. The usual cause is a wrong DNS or hosts entry on the node, not the CA.",
    impact: NOTHING_NEW,
    fix: () => "An operator compares the address that the node resolves with the one that public DNS gives.",
  },
  "image-platform": {
    title: () => "The image is built for another processor",
    cause: (p) => `The image has no variant for the node’s architecture${where(p)}.`,
    impact: NOTHING_NEW,
    fix: () => "Build it for the node’s platform as well: platforms: linux/amd64,linux/arm64 in the workflow.",
  },
  "image-elsewhere": {
    title: () => "Nothing runs this project’s image",
    cause: (p) => `The manifests of ${p.environment} are applied. They run ${p.used}; this project builds ${p.image}.`,
    impact: () => "Builds of this repository change nothing there.",
    fix: (p) => `Use ${p.image} in k8s/, without a tag, and push. If you want the other image, leave it.`,
  },
};
