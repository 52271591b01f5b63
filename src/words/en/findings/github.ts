import type { github as codes } from "../../../project/finding-params/github.ts";
import { own } from "../../own.ts";
import type { FindingsWords } from "../../words.ts";

interface Granted {
  permission: string;
  scope?: string | undefined;
  owner?: string | undefined;
}

const PERMISSIONS: Record<string, (p: Granted) => string> = {
  installation: (p) => `the App's installation on ${p.owner}`,
  "own-token": (p) => `a token of ${p.owner} (repo, workflow)`,
};

function permission(p: Granted): string {
  const named = own(PERMISSIONS, p.permission)?.(p) ?? p.permission;
  return p.scope === undefined ? named : `${named} (for a classic token the scope ${p.scope})`;
}

const PLACES: Record<string, (p: Granted) => string> = {
  "app-page": () => "the GitHub App's page",
  "install-app": () => "the GitHub App's page, Install App",
  "token-page": () => "the page of the App or the token",
  "developer-settings": (p) => `${p.owner}'s settings, Developer settings`,
};

const RULES: Record<string, string> = {
  ruleset: "A ruleset of the repository",
  protection: "Branch protection",
  rule: "A rule of the repository",
};

export const github: FindingsWords<keyof typeof codes> = {
  "repo-name-taken": {
    title: () => "The repository already exists",
    cause: (p) =>
      p.now
        ? `${p.repository} redirects to ${p.now}, which had that name before. A new repository with this name would break every link and clone that still uses it.`
        : `${p.repository} already exists on GitHub. Slipway does not take over existing repositories.`,
    impact: () => "Slipway did not change it.",
    fix: () => "Choose another name.",
  },
  "repo-gone": {
    title: (p) => (p.now ? "The repository has another name" : "The repository is gone"),
    cause: (p) =>
      [
        p.now
          ? `${p.repository} was renamed or transferred: it is ${p.now} now.`
          : `GitHub no longer shows Slipway the repository ${p.repository}. It was deleted, or Slipway lost access to it; GitHub does not say which.`,
        ...(p.other ? [`Another repository is called ${p.repository} now. It does not belong to this project.`] : []),
      ].join(" "),
    impact: () =>
      "New commits are not built or deployed. Slipway does not change what is deployed and does not create a new repository.",
    fix: (p) =>
      p.now
        ? `Rename it back to ${p.repository}: Slipway does not follow renames.`
        : "If it was deleted, an owner can restore it within 90 days on GitHub under Settings → Deleted repositories. If Slipway lost access, an operator installs its App on the repository again or renews GITHUB_TOKEN.",
  },
  "pin-commit-missing": {
    title: (p) => `${p.environment} is pinned to a commit that does not exist`,
    cause: (p) =>
      `${p.repository} has no commit ${p.sha}. It was mistyped, belongs to another repository, or was never pushed.`,
    impact: (p) => `Nothing new is deployed to ${p.environment}. Slipway does not change what is deployed there.`,
    fix: (p) => `Set commit of ${p.environment} in the Project ${p.project} to one that was pushed, or push this one.`,
  },
  "repo-archived": {
    title: () => "The repository is archived",
    cause: (p) =>
      `${p.repository} is archived on GitHub and therefore read-only: nobody can push, and no workflow runs.`,
    impact: () => "Nothing new can be built. Slipway does not change what is deployed.",
    fix: () => "To keep working on it, unarchive it under Settings → General → Danger Zone. Otherwise do nothing.",
  },
  "repo-name-illegal": {
    title: () => "GitHub rejects that name",
    cause: () => "GitHub does not accept this name for a repository.",
    impact: () => "Nothing was created.",
    fix: () => "Choose another name.",
  },
  "repo-not-ready": {
    title: () => "GitHub is still preparing the repository",
    cause: () => "The repository was created, but not all of GitHub sees it yet.",
    impact: () => "The launch waits.",
    fix: () => "Wait a moment. If this lasts, press Retry.",
  },
  "github-token-invalid": {
    title: () => "GitHub rejects Slipway's credentials",
    cause: () => "GitHub says the credentials are invalid: expired, revoked or mistyped.",
    impact: () => "Launches stop, and Slipway cannot read builds. Running pods do not depend on this.",
    fix: () => "An operator renews GITHUB_TOKEN or GITHUB_APP_PRIVATE_KEY in Slipway's Secret.",
  },
  "github-permission-missing": {
    title: () => "Slipway lacks a permission on GitHub",
    cause: (p) => `GitHub refuses this because a permission is missing: ${permission(p)}.`,
    impact: () => "The launch stops here. Slipway keeps what it created.",
    fix: (p) => `Grant ${permission(p)} at ${own(PLACES, p.where)?.(p) ?? p.where}. Then press Retry.`,
  },
  "github-rate-limited": {
    title: () => "GitHub limits Slipway's requests",
    cause: () => "Slipway has used up its GitHub requests for now.",
    impact: () => "The launch waits and continues by itself.",
    fix: () => "You need not do anything.",
  },
  "github-unreachable": {
    title: () => "Slipway cannot reach GitHub",
    cause: () => "GitHub does not answer.",
    impact: () => "Launches wait, and Slipway cannot see builds. Running pods do not depend on this.",
    fix: () =>
      "Check githubstatus.com. If GitHub is up, an operator checks the cluster's network. Slipway tries again by itself.",
  },
  "github-refused": {
    title: () => "GitHub refuses a request",
    cause: () => "GitHub refused a request. Its reason is below.",
    impact: () => "The launch stops here. Slipway keeps what it created.",
    fix: () => "Fix what GitHub names, then press Retry.",
  },
  "push-rejected": {
    title: () => "GitHub rejects the push",
    cause: (p) =>
      p.rule
        ? `${own(RULES, p.rule) ?? `A rule of the repository (${p.rule})`} rejects it.`
        : `Someone else pushed to ${p.branch}, and Slipway does not overwrite their commits.`,
    impact: () => "The repository does not contain the template yet.",
    fix: (p) =>
      p.rule
        ? "Let Slipway's App bypass the rule, then press Retry."
        : "Move these commits to another repository, undo this launch and create the project again.",
  },
};
