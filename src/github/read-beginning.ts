import type { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";
import { type Sleep, untilReady } from "./until-ready.ts";

export interface FirstCommit {
  sha: string;
  tree: string;
  message: string;
}

export interface Beginning {
  head: FirstCommit;
  /** The oldest commit and the one after it, as far as there are such; the head may be one of them. */
  oldest: FirstCommit[];
  /** Those are all that the branch has. */
  whole: boolean;
}

/** What a branch began with, and what it has come to. A branch that is not shown yet is waited for. */
export async function readBeginning(
  octokit: Octokit,
  at: RepositoryName,
  branch: string,
  sleep: Sleep,
): Promise<Beginning> {
  const repo = { owner: at.owner, repo: at.name };
  const ref = await untilReady(
    sleep,
    () => octokit.rest.git.getRef({ ...repo, ref: `heads/${branch}` }),
    (error) => isStatus(error, 404, 409),
  );
  const { data } = await octokit.rest.git.getCommit({ ...repo, commit_sha: ref.data.object.sha });
  const head = { sha: data.sha, tree: data.tree.sha, message: data.message };
  if (data.parents.length === 0) return { head, oldest: [head], whole: true };
  const list = { ...repo, sha: head.sha, per_page: 1 };
  // With one commit a page, the last page is the oldest commit.
  const newest = await octokit.rest.repos.listCommits(list);
  const count = Number(/[?&]page=(\d+)[^>]*>; rel="last"/.exec(newest.headers.link ?? "")?.[1] ?? 1);
  const pages = await Promise.all(
    [count, count - 1]
      .filter((page) => page > 1)
      .map(async (page) => (await octokit.rest.repos.listCommits({ ...list, page })).data),
  );
  const oldest = [...pages, ...(count <= 2 ? [newest.data] : [])]
    .flat()
    .map(({ sha, commit }) => ({ sha, tree: commit.tree.sha, message: commit.message }));
  return { head, oldest, whole: count <= 2 };
}
