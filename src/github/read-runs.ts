import type { Octokit } from "@octokit/rest";
import type { RepositoryName, WorkflowRun } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";
import { statusOf } from "./status-of.ts";

/** Pages that are read at most; a commit with a thousand runs of one workflow is nobody's. */
const PAGES = 10;
const PER_PAGE = 100;

/**
 * All runs of one workflow for one commit, newest first: however many others there are, of other branches and workflows.
 * None where there is no such workflow (404). https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow
 */
export async function readRuns(
  octokit: Octokit,
  at: RepositoryName,
  of: { workflow: string; sha: string },
  etag?: string,
): Promise<{ etag: string | undefined; value: WorkflowRun[] }> {
  const ask = (page: number, headers: Record<string, string>) =>
    octokit.rest.actions.listWorkflowRuns({
      owner: at.owner,
      repo: at.name,
      workflow_id: of.workflow,
      head_sha: of.sha,
      per_page: PER_PAGE,
      page,
      headers,
    });
  try {
    const first = await ask(1, etag ? { "if-none-match": etag } : {});
    const runs = first.data.workflow_runs.map(toRun);
    for (let page = 2; runs.length < first.data.total_count && page <= PAGES; page += 1) {
      const { data } = await ask(page, {});
      if (data.workflow_runs.length === 0) break;
      runs.push(...data.workflow_runs.map(toRun));
    }
    return { etag: first.headers.etag, value: runs };
  } catch (error) {
    if (isStatus(error, 404)) return { etag: undefined, value: [] };
    throw error;
  }
}

type Answer = Awaited<ReturnType<Octokit["rest"]["actions"]["listWorkflowRuns"]>>["data"]["workflow_runs"][number];

function toRun(run: Answer): WorkflowRun {
  return {
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
  };
}
