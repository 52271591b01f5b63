import type { Octokit } from "@octokit/rest";
import type { RepositoryName, WorkflowRun } from "../project/ports/github.ts";
import { statusOf } from "./status-of.ts";

/** Newest first. https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
export async function readRuns(
  octokit: Octokit,
  at: RepositoryName,
  wanted: { sha?: string | undefined; limit: number },
  etag?: string,
): Promise<{ etag: string | undefined; value: WorkflowRun[] }> {
  const answer = await octokit.rest.actions.listWorkflowRunsForRepo({
    owner: at.owner,
    repo: at.name,
    per_page: wanted.limit,
    ...(wanted.sha === undefined ? {} : { head_sha: wanted.sha }),
    headers: etag ? { "if-none-match": etag } : {},
  });
  const runs = answer.data.workflow_runs.map((run) => ({
    id: run.id,
    number: run.run_number,
    attempt: run.run_attempt ?? 1,
    sha: run.head_sha,
    branch: run.head_branch ?? "",
    event: run.event,
    name: run.name ?? run.path,
    status: statusOf(run.status),
    conclusion: run.conclusion,
    url: run.html_url,
    createdAt: new Date(run.created_at),
    startedAt: new Date(run.run_started_at ?? run.created_at),
    updatedAt: new Date(run.updated_at),
  }));
  return { etag: answer.headers.etag, value: runs };
}
