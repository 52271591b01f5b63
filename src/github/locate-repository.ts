import type { Octokit } from "@octokit/rest";
import type { Repository, RepositoryName, Whereabouts } from "../project/ports/github.ts";
import { sameRepositoryName } from "../project/same-repository-name.ts";
import { isStatus } from "./is-status.ts";
import { readRepository, toRepository } from "./read-repository.ts";

/**
 * A repository that is known by its number. Its name leads to it also after it was renamed or transferred (301), until
 * somebody gives the old name to another; then the number still does. Neither: it was deleted, or the credentials may not
 * see it any more; GitHub does not tell these apart.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 * https://docs.github.com/en/repositories/creating-and-managing-repositories/renaming-a-repository
 */
export async function locateRepository(
  octokit: Octokit,
  at: RepositoryName & { id: number },
  etag?: string,
): Promise<{ etag: string | undefined; value: Whereabouts }> {
  const named = await readRepository(octokit, at, etag);
  if (named.value?.id === at.id) return { etag: named.etag, value: found(named.value, at) };
  const other = named.value && sameRepositoryName(named.value, at) ? { other: named.value } : {};
  const numbered = await readByNumber(octokit, at.id);
  // No ETag: it would be the other's, whom nobody asked for.
  if (!numbered) return { etag: undefined, value: { state: "gone", ...other } };
  return { etag: undefined, value: { ...found(numbered, at), ...other } };
}

function found(repository: Repository, at: RepositoryName): Exclude<Whereabouts, { state: "gone" }> {
  if (!sameRepositoryName(repository, at)) return { state: "moved", repository };
  return { state: repository.archived ? "archived" : "here", repository };
}

/**
 * Where its redirects lead. Not in the reference; GitHub's support calls it stable, and every client has it:
 * https://github.com/octokit/octokit.js/issues/163, https://github.com/PyGithub/PyGithub/issues/245
 */
async function readByNumber(octokit: Octokit, id: number): Promise<Repository | undefined> {
  try {
    return toRepository((await octokit.request("GET /repositories/{id}", { id })).data);
  } catch (error) {
    if (isStatus(error, 404)) return undefined;
    throw error;
  }
}
