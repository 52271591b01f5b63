import type { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";

export interface RootCommit {
  sha: string;
  tree: string;
  message: string;
  /** Somebody has pushed on top of it. */
  hasChildren: boolean;
}

/** The oldest commit of a branch; `undefined`: no such branch, or an empty repository. */
export async function findRootCommit(
  octokit: Octokit,
  at: RepositoryName,
  branch: string,
): Promise<RootCommit | undefined> {
  const repo = { owner: at.owner, repo: at.name };
  try {
    const head = (await octokit.rest.git.getRef({ ...repo, ref: `heads/${branch}` })).data.object.sha;
    const { data: commit } = await octokit.rest.git.getCommit({ ...repo, commit_sha: head });
    if (commit.parents.length === 0) {
      return { sha: commit.sha, tree: commit.tree.sha, message: commit.message, hasChildren: false };
    }
    return await oldestOf(octokit, at, head);
  } catch (error) {
    if (isStatus(error, 404, 409)) return undefined;
    throw error;
  }
}

/** With one commit a page, the last page is the oldest commit. */
async function oldestOf(octokit: Octokit, at: RepositoryName, head: string): Promise<RootCommit | undefined> {
  const list = { owner: at.owner, repo: at.name, sha: head, per_page: 1 };
  const newest = await octokit.rest.repos.listCommits(list);
  const last = /[?&]page=(\d+)[^>]*>; rel="last"/.exec(newest.headers.link ?? "")?.[1];
  const oldest = last ? await octokit.rest.repos.listCommits({ ...list, page: Number(last) }) : newest;
  const commit = oldest.data[0];
  if (!commit) return undefined;
  return { sha: commit.sha, tree: commit.commit.tree.sha, message: commit.commit.message, hasChildren: true };
}
