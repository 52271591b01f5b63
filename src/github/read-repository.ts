import type { Octokit } from "@octokit/rest";
import type { Repository, RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";

type Answer = Awaited<ReturnType<Octokit["rest"]["repos"]["get"]>>["data"];

/** `undefined`: there is none, or the credentials may not see it; GitHub does not tell these apart. */
export async function readRepository(
  octokit: Octokit,
  at: RepositoryName,
  etag?: string,
): Promise<{ etag: string | undefined; value: Repository | undefined }> {
  try {
    const answer = await octokit.rest.repos.get({
      owner: at.owner,
      repo: at.name,
      headers: etag ? { "if-none-match": etag } : {},
    });
    return { etag: answer.headers.etag, value: toRepository(answer.data) };
  } catch (error) {
    if (isStatus(error, 404)) return { etag: undefined, value: undefined };
    throw error;
  }
}

export function toRepository(
  data: Pick<
    Answer,
    | "id"
    | "name"
    | "owner"
    | "html_url"
    | "clone_url"
    | "default_branch"
    | "private"
    | "description"
    | "topics"
    | "created_at"
    | "archived"
  >,
): Repository {
  return {
    id: data.id,
    owner: data.owner.login,
    name: data.name,
    url: data.html_url,
    cloneUrl: data.clone_url,
    defaultBranch: data.default_branch,
    visibility: data.private ? "private" : "public",
    description: data.description ?? "",
    topics: data.topics ?? [],
    createdAt: new Date(data.created_at),
    archived: data.archived,
  };
}
