import type { FindingWords } from "../../words.ts";

export const github: Record<string, FindingWords> = {
  "repo-name-taken": {
    title: () => "The repository exists",
    cause: (p) =>
      p.now
        ? `${p.repository} leads to ${p.now}, which had that name before. A new repository of the name would break every link and clone that still uses it.`
        : `${p.repository} exists on GitHub already. It is never taken over silently.`,
    impact: () => "It was not touched.",
    fix: () => "Take another name.",
  },
  "repo-gone": {
    title: (p) => (p.now ? "The repository has another name" : "The repository is gone"),
    cause: (p) =>
      [
        p.now
          ? `${p.repository} was renamed or transferred: it is ${p.now} now.`
          : `GitHub no longer shows ${p.repository} to Slipway: it was deleted, or Slipway may not read it any more. GitHub does not say which.`,
        ...(p.other ? [`Another repository has the name ${p.repository} now; it is not this project's.`] : []),
      ].join(" "),
    impact: () =>
      "New commits are not built or deployed. Slipway changes nothing that is deployed, and makes no new repository.",
    fix: (p) =>
      p.now
        ? `Give it back the name ${p.repository}: Slipway does not follow a repository to another name.`
        : "If it was deleted: an owner can restore it for 90 days, on GitHub under Settings → Deleted repositories. If Slipway lost access: install its App on the repository again, or renew GITHUB_TOKEN.",
  },
  "pin-commit-missing": {
    title: (p) => `${p.environment} is pinned to a commit that does not exist`,
    cause: (p) =>
      `${p.repository} has no commit ${p.sha}: it was mistyped, is another repository’s, or was never pushed.`,
    impact: (p) =>
      `Nothing new is deployed to ${p.environment}. Slipway does not change what was deployed there before.`,
    fix: (p) => `Set commit of ${p.environment} in the Project ${p.project} to one that was pushed, or push this one.`,
  },
  "repo-archived": {
    title: () => "The repository is archived",
    cause: (p) => `${p.repository} is archived on GitHub, so it is read-only: nobody can push, and no workflow runs.`,
    impact: () => "Nothing new can be built. What is deployed is not changed.",
    fix: () => "To go on with it, unarchive it: Settings → General → Danger Zone. To let it rest, do nothing.",
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
    cause: (p) =>
      p.rule
        ? `A rule of the repository refuses it: ${p.rule}.`
        : `Somebody else has pushed to ${p.branch}, and Slipway pushes over nobody's commits.`,
    impact: () => "The repository has no template in it yet.",
    fix: (p) =>
      p.rule
        ? "Let Slipway's App bypass the rule, then retry."
        : "Move these commits to another repository, undo this launch, and create it again.",
  },
};
