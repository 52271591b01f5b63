import type { FindingWords } from "../../words.ts";

export const github: Record<string, FindingWords> = {
  "repo-name-taken": {
    title: () => "The repository exists",
    cause: (p) => `${p.repository} exists on GitHub already. It is never taken over silently.`,
    impact: () => "It was not touched.",
    fix: () => "Take another name.",
  },
  "repo-name-illegal": {
    title: () => "GitHub refuses that name",
    cause: () => "GitHub does not accept this as a repository's name.",
    impact: () => "Nothing was made.",
    fix: () => "Take another name.",
  },
  "repo-not-ready": {
    title: () => "GitHub is still preparing the repository",
    cause: () => "The repository was made, but GitHub does not show it to every part of itself yet.",
    impact: () => "The launch waits.",
    fix: () => "Nothing to do; retry if it lasts.",
  },
  "github-token-invalid": {
    title: () => "GitHub refuses Slipway's credentials",
    cause: () => "GitHub says that the credentials are bad: expired, revoked or mistyped.",
    impact: () => "No launch can continue, and builds cannot be read. Running pods do not depend on this.",
    fix: () => "An operator renews GITHUB_TOKEN, or GITHUB_APP_PRIVATE_KEY, in Slipway's Secret.",
  },
  "github-permission-missing": {
    title: () => "Slipway lacks a permission on GitHub",
    cause: (p) => `GitHub refuses this for want of a permission: ${p.permission}.`,
    impact: () => "The launch stops here; what was made stays.",
    fix: (p) => `Grant ${p.permission} at ${p.where}, then retry.`,
  },
  "github-rate-limited": {
    title: () => "GitHub asks Slipway to slow down",
    cause: () => "The limit of requests is used up for now.",
    impact: () => "The launch waits and goes on by itself.",
    fix: () => "Nothing to do.",
  },
  "github-unreachable": {
    title: () => "Slipway cannot reach GitHub",
    cause: () => "GitHub does not answer Slipway.",
    impact: () => "Launches wait, and builds are not seen. Running pods do not depend on this.",
    fix: () => "Check GitHub's status page and the network of the cluster; then retry.",
  },
  "github-refused": {
    title: () => "GitHub refuses",
    cause: () => "GitHub refused a request and said why below.",
    impact: () => "The launch stops here; what was made stays.",
    fix: () => "Fix what GitHub names, then retry.",
  },
  "push-rejected": {
    title: () => "GitHub refuses the push",
    cause: (p) => `A rule of the repository refuses it${p.rule ? `: ${p.rule}` : ""}.`,
    impact: () => "The repository has no template in it yet.",
    fix: () => "Let Slipway's App bypass the rule, then retry.",
  },
};
