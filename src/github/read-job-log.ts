import type { Octokit } from "@octokit/rest";
import type { RepositoryName } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import { isStatus } from "./is-status.ts";
import { tailOfLog } from "./tail-of-log.ts";

/**
 * The last lines of what failed. The log is a redirect to a file that may be huge, so it is read as a stream of which
 * only the end is kept. https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
 */
export async function readJobLog(
  octokit: Octokit,
  at: RepositoryName,
  jobId: number,
  lines: number,
): Promise<string[]> {
  const repo = { owner: at.owner, repo: at.name, job_id: jobId };
  try {
    const job = (await octokit.rest.actions.getJobForWorkflowRun(repo)).data;
    const failed = job.steps?.find((step) => step.conclusion === "failure");
    const answer = await octokit.request("GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs", {
      ...repo,
      request: { redirect: "manual" },
    });
    const location = answer.headers.location;
    if (!location) return [];
    return await tailOfLog(await download(location), {
      lines,
      startedAt: failed?.started_at,
      completedAt: failed?.completed_at,
    });
  } catch (error) {
    // 404: not there yet, 410: older than it is kept.
    if (isStatus(error, 404, 410)) return [];
    throw error;
  }
}

/** Without our token: the address is signed, and belongs to another host. */
async function download(location: string): Promise<ReadableStream<Uint8Array>> {
  const answer = await fetch(location, { signal: AbortSignal.timeout(30_000) });
  if (answer.ok && answer.body) return answer.body;
  throw new Problem("github-unreachable", { evidence: `the job's log answers ${answer.status}` });
}
