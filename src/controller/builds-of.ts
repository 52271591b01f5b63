import type { WorkflowJob } from "../project/ports/github.ts";
import type { Build, BuildJob } from "../project/project.ts";
import type { Snapshot } from "../project/snapshot.ts";

const KEPT = 10;

/** The newest runs as GitHub tells them, jobs and failure of the newest one; what cannot be read stays as it was. */
export function buildsOf(before: Build[], snapshot: Snapshot): Build[] {
  if (!snapshot.runs.known) return before;
  const jobs = snapshot.jobs.known ? snapshot.jobs.value : [];
  return snapshot.runs.value.slice(0, KEPT).map((run) => {
    const was = before.find(({ id, attempt }) => id === run.id && attempt === run.attempt);
    const own = jobs.filter(({ runId }) => runId === run.id);
    const failure = own.length > 0 && snapshot.failure.known ? snapshot.failure.value : was?.failure;
    return {
      id: run.id,
      number: run.number,
      attempt: run.attempt,
      sha: run.sha,
      status: run.status,
      conclusion: run.conclusion,
      url: run.url,
      startedAt: run.startedAt.toISOString(),
      ...(run.status === "completed" ? { completedAt: run.updatedAt.toISOString() } : {}),
      jobs: own.length > 0 ? own.map(jobStatus) : (was?.jobs ?? []),
      ...(failure ? { failure } : {}),
    };
  });
}

function jobStatus(job: WorkflowJob): BuildJob {
  const step = job.steps.find(({ status }) => status === "in_progress");
  return {
    id: job.id,
    name: job.name,
    status: job.status,
    conclusion: job.conclusion,
    startedAt: job.startedAt?.toISOString(),
    completedAt: job.completedAt?.toISOString(),
    ...(step ? { step: step.name, stepNumber: step.number, stepCount: job.steps.length } : {}),
  };
}
