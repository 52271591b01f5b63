import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { RepositoryName } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import { shorten } from "../project/shorten.ts";
import { isStatus } from "./is-status.ts";
import { parseAnswer } from "./parse-answer.ts";

/**
 * Actions on, where the organisation lets us. The workflow token's default permissions are left as they are: the
 * `permissions` key of the workflow decides, and may ask for `packages: write` where the default is read-only.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export async function allowActions(octokit: Octokit, at: RepositoryName): Promise<void> {
  const repo = { owner: at.owner, repo: at.name };
  const standing = await octokit.rest.actions.getGithubActionsPermissionsRepository(repo);
  if (parseAnswer(z.object({ enabled: z.boolean() }), standing.data).enabled) return;
  try {
    await octokit.rest.actions.setGithubActionsPermissionsRepository({ ...repo, enabled: true });
  } catch (error) {
    // The organisation's or the enterprise's policy: https://docs.github.com/en/rest/actions/permissions
    if (!isStatus(error, 409, 422)) throw error;
    throw new Problem("actions-disabled", {
      destiny: { kind: "person" },
      params: { owner: at.owner },
      evidence: shorten(error.message),
      cause: error,
    });
  }
}
