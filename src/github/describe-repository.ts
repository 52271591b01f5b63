import type { Octokit } from "@octokit/rest";
import type { Repository } from "../project/ports/github.ts";

/** Sends only what differs from `standing`. */
export async function describeRepository(
  octokit: Octokit,
  standing: Repository,
  wanted: { description: string; topics: string[] },
): Promise<void> {
  const repo = { owner: standing.owner, repo: standing.name };
  if (standing.description !== wanted.description) {
    await octokit.rest.repos.update({ ...repo, description: wanted.description });
  }
  if ([...standing.topics].sort().join() !== [...wanted.topics].sort().join()) {
    await octokit.rest.repos.replaceAllTopics({ ...repo, names: wanted.topics });
  }
}
