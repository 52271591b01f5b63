import type { Facts } from "../facts/facts.ts";
import type { WorkflowJob, WorkflowRun } from "../project/ports/github.ts";
import type { Build, BuildJob } from "../project/project.ts";

const KEPT = 10;

/** The runs that made, or were to make, an image, newest first; what cannot be read stays as it was. */
export function buildsOf(before: Build[], facts: Facts): Build[] {
  const runs = Object.values(facts.builds).flatMap((build) =>
    build.known && "run" in build.value ? [build.value.run] : [],
  );
  const jobs = facts.jobs.known ? facts.jobs.value : [];
  const now = runs.map((run) => ofRun(run, before, jobs, facts));
  const others = before.filter(({ id }) => !runs.some((run) => run.id === id));
  return [...now, ...others].toSorted((a, b) => b.number - a.number).slice(0, KEPT);
}

function ofRun(run: WorkflowRun, before: Build[], jobs: WorkflowJob[], { failure: told }: Facts): Build {
  const was = before.find(({ id, attempt }) => id === run.id && attempt === run.attempt);
  const own = jobs.filter(({ runId }) => runId === run.id);
  const failure = own.length > 0 && told.known ? told.value : was?.failure;
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
