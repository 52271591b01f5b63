import type { Commit } from "../git/read-commits.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../state.ts";
import { nodeId } from "./node-id.ts";
import { presentAccount } from "./present-account.ts";
import { repositoryPage, repositoryUrl } from "./present-repository.ts";

const UNSIGNED = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** The schema `git-commit`, of the git data API. */
export function presentGitCommit(hub: Hub, repository: Repository, commit: Commit) {
  const url = repositoryUrl(hub, repository);
  const page = repositoryPage(hub, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", `${repository.id}:${commit.sha}`),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    verification: UNSIGNED,
  };
}

/** The schema `commit`, of the commits API. */
export function presentCommit(hub: Hub, repository: Repository, commit: Commit) {
  const url = repositoryUrl(hub, repository);
  const page = repositoryPage(hub, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", `${repository.id}:${commit.sha}`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: accountByEmail(hub, commit.author.email),
    committer: accountByEmail(hub, commit.committer.email),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${page}/commit/${sha}` })),
  };
}

function accountByEmail(hub: Hub, email: string) {
  const login = loginOfEmail(hub, email);
  return login ? presentAccount(hub, login) : null;
}

/** Of an address as GitHub makes them: `12345+login@users.noreply.github.com`. */
export function loginOfEmail(hub: Hub, email: string): string | null {
  const match = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email);
  const login = match?.[1];
  if (!login) return null;
  return login.endsWith("[bot]") || hub.state.accounts.some((account) => account.login === login) ? login : null;
}

export function emailOf(hub: Hub, login: string): string {
  return `${presentAccount(hub, login).id}+${login}@users.noreply.github.com`;
}
