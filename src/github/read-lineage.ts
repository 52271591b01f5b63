import type { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";

/** Commits of side branches lie between the first parents, so more are asked for than are wanted. */
const PER_PAGE = 100;

/** A commit and its first parents, nearest first. https://docs.github.com/en/rest/commits/commits#list-commits */
export async function readLineage(octokit: Octokit, at: RepositoryName, sha: string, limit: number): Promise<string[]> {
  try {
    const { data } = await octokit.rest.repos.listCommits({ owner: at.owner, repo: at.name, sha, per_page: PER_PAGE });
    const parents = new Map(data.map((commit) => [commit.sha, commit.parents[0]?.sha]));
    const line: string[] = [];
    for (let at_: string | undefined = sha; at_ !== undefined && line.length < limit; at_ = parents.get(at_))
      line.push(at_);
    return line;
  } catch (error) {
    // 409: the repository is empty.
    if (isStatus(error, 404, 409, 422)) return [];
    throw error;
  }
}
