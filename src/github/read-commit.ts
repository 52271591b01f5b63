import type { Octokit } from "@octokit/rest";
import { maskSecrets } from "../project/mask-secrets.ts";
import type { Commit, RepositoryName } from "../project/ports/github.ts";
import { skipsWorkflows } from "../project/skips-workflows.ts";
import { isStatus } from "./is-status.ts";

/** What git takes for one may be anything. */
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/** `undefined`: no such commit or branch, or no commit at all yet. */
export async function readCommit(
  octokit: Octokit,
  at: RepositoryName,
  ref: string,
  etag?: string,
): Promise<{ etag: string | undefined; value: Commit | undefined }> {
  try {
    const answer = await octokit.rest.repos.getCommit({
      owner: at.owner,
      repo: at.name,
      ref,
      // The files of the commit are not asked for, so as few as can be are sent.
      per_page: 1,
      headers: etag ? { "if-none-match": etag } : {},
    });
    const { sha, commit, author, html_url, parents } = answer.data;
    const login = author && "login" in author ? author.login : undefined;
    const email = commit.author?.email;
    const at_ = commit.committer?.date ?? commit.author?.date;
    return {
      etag: answer.headers.etag,
      value: {
        sha,
        title: maskSecrets(commit.message.split("\n", 1)[0] ?? ""),
        author: commit.author?.name ?? login ?? "unknown",
        ...(email && EMAIL.test(email) ? { authorEmail: email } : {}),
        url: html_url,
        at: new Date(at_ ?? 0),
        parents: parents.map((parent) => parent.sha),
        ...(skipsWorkflows(commit.message) ? { skipsWorkflows: true } : {}),
      },
    };
  } catch (error) {
    // 422: "No commit found for SHA"; 409: the repository is empty.
    if (isStatus(error, 404, 409, 422)) return { etag: undefined, value: undefined };
    throw error;
  }
}
