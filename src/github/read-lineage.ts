import type { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";

/** Commits of side branches lie between the first parents, and a page may end among them: the next is asked from there. */
const PER_PAGE = 100;
/** A line of which so many pages do not tell the end is told as far as it was seen. */
const PAGES = 10;

/** A commit and its first parents, nearest first. https://docs.github.com/en/rest/commits/commits#list-commits */
export async function readLineage(octokit: Octokit, at: RepositoryName, sha: string, limit: number): Promise<string[]> {
  try {
    const line: string[] = [];
    let next: string | undefined = sha;
    for (let page = 0; page < PAGES && next !== undefined && line.length < limit; page += 1) {
      const parents = await readParents(octokit, at, next);
      for (; next !== undefined && parents.has(next) && line.length < limit; next = parents.get(next)) line.push(next);
    }
    return line;
  } catch (error) {
    // 409: the repository is empty.
    if (isStatus(error, 404, 409, 422)) return [];
    throw error;
  }
}

/** First parents of the commits before one, itself included, by commit. */
async function readParents(
  octokit: Octokit,
  { owner, name: repo }: RepositoryName,
  sha: string,
): Promise<Map<string, string | undefined>> {
  const { data } = await octokit.rest.repos.listCommits({ owner, repo, sha, per_page: PER_PAGE });
  return new Map(data.map((commit) => [commit.sha, commit.parents[0]?.sha]));
}
