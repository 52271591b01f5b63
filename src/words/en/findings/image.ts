import type { Params } from "../../../project/params.ts";
import type { FindingWords } from "../../words.ts";
import { jobWords } from "./job-words.ts";

const NOTHING_NEW = (p: Params) => (jobWords.of(p) ? jobWords.impact(p) : "New pods cannot start.");

/** Whose pull it is: a node's for a container, or Slipway's own look at the registry. Findings that were stored before name no workload. */
const where = (p: Params) =>
  p.container && p.workload
    ? ` for the ${p.role === "init" || p.role === "sidecar" ? `${p.role} container` : "container"} ${p.container} of ${jobWords.of(p) ? `the ${jobWords.of(p)}` : p.workload}`
    : "";

export const image: Record<string, FindingWords> = {
  "image-never-pushed": {
    title: () => "The image is not in the registry",
    cause: (p) =>
      `The build ${p.conclusion === undefined ? "succeeded" : `has ended${p.conclusion === "" ? "" : ` (${p.conclusion})`}`}, but ${p.image}${p.tag ? `:${p.tag}` : ""} is not there: it was pushed under another name or tag, or not at all.`,
    impact: NOTHING_NEW,
    fix: () => "Compare the name and tag that the workflow pushes with the ones above, correct the workflow and push.",
  },
  "image-missing": {
    title: (p) => `The image of ${p.container} is not there`,
    cause: (p) => `The registry has no ${p.image}${where(p)}.`,
    impact: NOTHING_NEW,
    fix: (p) => `Correct the image’s name or tag in k8s/ and push.${jobWords.first(p)}`,
  },
  "image-unauthorized": {
    title: () => "The registry refuses the pull",
    cause: (p) =>
      `The registry does not let ${p.container ? "the node" : "Slipway"} read the image${where(p)}: the token has expired or lacks read:packages, or the package is private and not linked to this repository.`,
    impact: NOTHING_NEW,
    fix: () => "An operator renews REGISTRY_PULL_TOKEN (read:packages). Then retry.",
  },
  "image-registry-unreachable": {
    title: () => "The registry cannot be reached",
    cause: (p) => `The node gets no answer from the registry${where(p)}.`,
    impact: NOTHING_NEW,
    fix: () => "Check the network between the node and the registry, or give containerd a mirror (registries.yaml).",
  },
  "image-registry-tls": {
    title: () => "The registry shows a wrong certificate",
    cause: () =>
      "The certificate is not the registry’s. A wrong DNS or hosts entry on the node is a more common reason than a CA.",
    impact: NOTHING_NEW,
    fix: () => "Compare what the node resolves the registry to with what a public DNS says.",
  },
  "image-platform": {
    title: () => "The image is built for another processor",
    cause: (p) => `The image has no variant for the node’s architecture${where(p)}.`,
    impact: NOTHING_NEW,
    fix: () => "Build it for the node’s platform too (platforms: linux/amd64,linux/arm64).",
  },
  "image-elsewhere": {
    title: () => "Nothing runs this project’s image",
    cause: (p) => `The manifests of ${p.environment} are applied. They run ${p.used}; this project builds ${p.image}.`,
    impact: () => "A build of this repository changes nothing there.",
    fix: (p) => `Name ${p.image} in k8s/, without a tag, and push. If another image is what you want, leave it.`,
  },
};
