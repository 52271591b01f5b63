import type { Job } from "../state.ts";
import { ok } from "./answer.ts";
import { paginate } from "./paginate.ts";
import { presentJob } from "./present-run.ts";
import { notFound } from "./refuse.ts";
import type { Call, Route } from "./route.ts";
import { findRun, ownRuns } from "./runs.ts";

const ACTIONS = "/repos/{owner}/{repo}/actions";
const READ: Route["permission"] = ["actions", "read"];

export const jobRoutes: Route[] = [
  {
    operation: "actions/list-jobs-for-workflow-run",
    method: "GET",
    path: `${ACTIONS}/runs/{run_id}/jobs`,
    permission: READ,
    handle: (call) => list(call, call.query.get("filter") === "all" ? null : findRun(call).attempt),
  },
  {
    operation: "actions/list-jobs-for-workflow-run-attempt",
    method: "GET",
    path: `${ACTIONS}/runs/{run_id}/attempts/{attempt_number}/jobs`,
    permission: READ,
    handle: (call) => list(call, Number(call.params.attempt_number)),
  },
  {
    operation: "actions/get-job-for-workflow-run",
    method: "GET",
    path: `${ACTIONS}/jobs/{job_id}`,
    permission: READ,
    handle: (call) => {
      const { job, run } = findJob(call);
      return ok(presentJob(call.hub, call.repository(), run, job));
    },
  },
  {
    operation: "actions/download-job-logs-for-workflow-run",
    method: "GET",
    path: `${ACTIONS}/jobs/{job_id}/logs`,
    permission: READ,
    handle: (call) => {
      const { job } = findJob(call);
      // The log is put where it can be downloaded when the job has ended; before that there is none.
      if (job.status !== "completed" || job.log.length === 0) notFound();
      const key = call.hub.world.random.fork(`log-${job.id}`).text(32);
      return { status: 302, headers: { location: `${call.hub.address.api}/_logs/${job.id}/${key}` } };
    },
  },
];

function list(call: Call, attempt: number | null) {
  const run = findRun(call);
  const jobs = call.hub.state.jobs.filter(
    (job) => job.runId === run.id && (attempt === null || job.attempt === attempt),
  );
  const { items, headers } = paginate(call, jobs);
  return ok(
    { total_count: jobs.length, jobs: items.map((job) => presentJob(call.hub, call.repository(), run, job)) },
    headers,
  );
}

function findJob(call: Call): { job: Job; run: ReturnType<typeof findRun> } {
  const job = call.hub.state.jobs.find((one) => String(one.id) === call.params.job_id);
  const run = ownRuns(call).find((one) => one.id === job?.runId);
  return job && run ? { job, run } : notFound();
}
