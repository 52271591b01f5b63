import type { Octokit } from "@octokit/rest";
import type { RepositoryName, WorkflowState } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";

/** https://docs.github.com/en/rest/actions/workflows#get-a-workflow */
export async function readWorkflow(
  octokit: Octokit,
  at: RepositoryName,
  file: string,
  etag?: string,
): Promise<{ etag: string | undefined; value: WorkflowState }> {
  try {
    const answer = await octokit.rest.actions.getWorkflow({
      owner: at.owner,
      repo: at.name,
      workflow_id: file,
      headers: etag ? { "if-none-match": etag } : {},
    });
    const { state } = answer.data;
    const value = state === "active" ? "active" : state === "deleted" ? "missing" : "disabled";
    return { etag: answer.headers.etag, value };
  } catch (error) {
    if (isStatus(error, 404)) return { etag: undefined, value: "missing" };
    throw error;
  }
}
