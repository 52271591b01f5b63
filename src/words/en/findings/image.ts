import type { FindingWords } from "../../words.ts";

export const image: Record<string, FindingWords> = {
  "image-never-pushed": {
    title: () => "The image is not in the registry",
    cause: (p) =>
      `The build succeeded, but ${p.image}${p.tag ? `:${p.tag}` : ""} is not there: it was pushed under another name or tag, or not at all.`,
    impact: () => "The new version cannot start.",
    fix: () => "Compare the tag that the workflow pushes with the one above, fix the workflow, then push.",
  },
  "image-unauthorized": {
    title: () => "The registry refuses the pull",
    cause: (p) =>
      `The registry does not let ${p.image ? "the node" : "Slipway"} read the image: the token is expired or lacks read:packages, or the package is private to somebody else.`,
    impact: () => "No new pod can start. Running pods are not affected until they are replaced.",
    fix: () => "An operator renews REGISTRY_PULL_TOKEN (read:packages); then retry.",
  },
  "image-registry-unreachable": {
    title: () => "The registry cannot be reached",
    cause: () => "The registry does not answer.",
    impact: () => "No new pod can start. Running pods are not affected until they are replaced.",
    fix: () => "Check the way from the node to the registry, or give containerd a mirror (registries.yaml).",
  },
  "image-registry-tls": {
    title: () => "The registry shows a wrong certificate",
    cause: () =>
      "The certificate is not the registry's: more often a wrong DNS or hosts entry on the node than a CA problem.",
    impact: () => "No new pod can start. Running pods are not affected until they are replaced.",
    fix: () => "Compare what the node resolves the registry to with a public DNS.",
  },
  "image-platform": {
    title: () => "The image is built for another processor",
    cause: () => "The image has no variant for the node's architecture.",
    impact: () => "No new pod can start. Running pods are not affected until they are replaced.",
    fix: () => "Build it for the node's platform too (platforms: linux/amd64,linux/arm64).",
  },
};
