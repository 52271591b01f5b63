import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Repository, RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";
import { parseAnswer } from "./parse-answer.ts";

/**
 * What a name leads to: after a rename or a transfer it is the repository that had it before (301, which fetch follows), so
 * its own name may be another. `undefined`: there is none, or the credentials may not see it; GitHub does not tell these apart.
 */
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

const Answer = z.object({
  id: z.number(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  html_url: z.string(),
  clone_url: z.string(),
  default_branch: z.string(),
  private: z.boolean(),
  description: z.string().nullish(),
  topics: z.array(z.string()).nullish(),
  created_at: z.coerce.date().nullish(),
  archived: z.boolean().default(false),
});

/** As GitHub answers, asked for it by name or by number, or told to make it. */
export function toRepository(answer: unknown): Repository {
  const data = parseAnswer(Answer, answer);
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
    createdAt: data.created_at ?? new Date(0),
    archived: data.archived,
  };
}
