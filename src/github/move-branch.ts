import type { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import { isStatus } from "./is-status.ts";
import { type Sleep, untilReady } from "./until-ready.ts";

/**
 * Lets the branch point at `sha`, whatever it pointed at, and makes it the default branch (the owner's setting may
 * have named GitHub's own first commit's branch otherwise; that branch then goes).
 */
export async function moveBranch(
  octokit: Octokit,
  at: RepositoryName,
  wanted: { branch: string; exists: boolean; sha: string },
  sleep: Sleep,
): Promise<void> {
  const repo = { owner: at.owner, repo: at.name };
  const { branch, sha } = wanted;
  await rejectedInWords(() =>
    untilReady<unknown>(
      sleep,
      () =>
        wanted.exists
          ? octokit.rest.git.updateRef({ ...repo, ref: `heads/${branch}`, sha, force: true })
          : octokit.rest.git.createRef({ ...repo, ref: `refs/heads/${branch}`, sha }),
      // "Object does not exist", "Reference does not exist": https://docs.github.com/en/rest/git/refs#update-a-reference
      (error) => isStatus(error, 404, 409) || (isStatus(error, 422) && /does not exist/i.test(error.message)),
    ),
  );
  if (wanted.exists) return;

  const before = (await octokit.rest.repos.get(repo)).data.default_branch;
  if (before === branch) return;
  await octokit.rest.repos.update({ ...repo, default_branch: branch });
  await octokit.rest.git.deleteRef({ ...repo, ref: `heads/${before}` }).catch((error: unknown) => {
    if (!isStatus(error, 404, 422)) throw error;
  });
}

async function rejectedInWords(move: () => Promise<unknown>): Promise<void> {
  try {
    await move();
  } catch (error) {
    if (!isStatus(error, 409, 422)) throw error;
    throw new Problem("push-rejected", {
      destiny: { kind: "person" },
      params: { rule: ruleOf(error.message) },
      evidence: error.message.replace(/ - https:\S+$/, "").slice(0, 300),
      cause: error,
    });
  }
}

/** https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/troubleshooting-rules */
function ruleOf(message: string): string {
  if (/repository rule violations|rule/i.test(message)) return "a ruleset";
  if (/protected/i.test(message)) return "branch protection";
  return "a rule of the repository";
}
