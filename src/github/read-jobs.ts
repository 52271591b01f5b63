import type { Octokit } from "@octokit/rest";
import type { RepositoryName, WorkflowJob } from "../project/ports/github.ts";
import { statusOf } from "./status-of.ts";

/** Jobs of the run's latest attempt, the first hundred. https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run */
export async function readJobs(
  octokit: Octokit,
  at: RepositoryName,
  runId: number,
  etag?: string,
): Promise<{ etag: string | undefined; value: WorkflowJob[] }> {
  const answer = await octokit.rest.actions.listJobsForWorkflowRun({
    owner: at.owner,
    repo: at.name,
    run_id: runId,
    filter: "latest",
    per_page: 100,
    headers: etag ? { "if-none-match": etag } : {},
  });
  const jobs = answer.data.jobs.map((job) => ({
    id: job.id,
    runId: job.run_id,
    name: job.name,
    status: statusOf(job.status),
    conclusion: job.conclusion,
    url: job.html_url ?? "",
    // GitHub gives a started_at to jobs that only wait as well; a queued job has not started.
    startedAt: job.started_at && job.status !== "queued" ? new Date(job.started_at) : null,
    completedAt: job.completed_at ? new Date(job.completed_at) : null,
    steps: (job.steps ?? []).map(({ name, number, status, conclusion }) => ({ name, number, status, conclusion })),
  }));
  return { etag: answer.headers.etag, value: jobs };
}
