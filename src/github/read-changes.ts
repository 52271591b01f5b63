import type { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";

/** What GitHub tells of one comparison at most. https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const MOST = 300;

/** Paths that differ between two commits; `undefined` where there are more than GitHub tells, or it cannot compare them. */
export async function readChanges(
  octokit: Octokit,
  at: RepositoryName,
  base: string,
  head: string,
): Promise<string[] | undefined> {
  try {
    const basehead = `${base}...${head}`;
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ owner: at.owner, repo: at.name, basehead });
    const files = data.files ?? [];
    if (files.length >= MOST) return undefined;
    return files.flatMap(({ filename, previous_filename: before }) => [filename, ...(before ? [before] : [])]);
  } catch (error) {
    if (isStatus(error, 404, 422)) return undefined;
    throw error;
  }
}
