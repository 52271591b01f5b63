import type { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import { shorten } from "../project/shorten.ts";
import { isStatus } from "./is-status.ts";
import { type Sleep, untilReady } from "./until-ready.ts";

/**
 * Lets the branch point at `sha`, which stands on top of what was its head. Never forced: a branch that somebody has pushed
 * to meanwhile is refused by GitHub itself (422 `Update is not a fast forward`).
 * https://docs.github.com/en/rest/git/refs#update-a-reference
 */
export async function advanceBranch(
  octokit: Octokit,
  at: RepositoryName,
  { branch, sha }: { branch: string; sha: string },
  sleep: Sleep,
): Promise<void> {
  const update = { owner: at.owner, repo: at.name, ref: `heads/${branch}`, sha, force: false };
  try {
    await untilReady<unknown>(
      sleep,
      () => octokit.rest.git.updateRef(update),
      // "Object does not exist", "Reference does not exist": GitHub's copies follow each other.
      (error) => isStatus(error, 404, 409) || (isStatus(error, 422) && /does not exist/i.test(error.message)),
    );
  } catch (error) {
    if (!isStatus(error, 409, 422)) throw error;
    throw new Problem("push-rejected", {
      destiny: { kind: "person" },
      params: /fast forward/i.test(error.message) ? { branch } : { rule: ruleOf(error.message) },
      evidence: shorten(error.message.replace(/ - https:\S+$/, "")),
      cause: error,
    });
  }
}

/** https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/troubleshooting-rules */
function ruleOf(message: string): string {
  if (/repository rule violations|rule/i.test(message)) return "ruleset";
  if (/protected/i.test(message)) return "protection";
  return "rule";
}
