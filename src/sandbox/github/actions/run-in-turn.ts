import type { Job, RunStatus } from "../state.ts";
import { announceJob } from "../webhooks/announce-job.ts";
import type { RunContext } from "./run-context.ts";
import { runJob } from "./run-job.ts";
import { workflowScope } from "./scope.ts";
import { takeTurn } from "./take-turn.ts";
import type { JobFile } from "./workflow-file.ts";

/** A job, once its environment's reviewers have let it and its concurrency group has room for it. */
export async function runInTurn(
  context: RunContext,
  job: Job,
  file: JobFile,
  needs: Map<string, Job[]>,
): Promise<void> {
  const { hub, run } = context;
  const displaced = new AbortController();
  const signal = AbortSignal.any([context.signal, displaced.signal]);
  const before = { job: job.status, run: run.status };
  const hold = (status: RunStatus) => {
    job.status = status;
    const others = hub.state.jobs.filter((one) => one.runId === run.id && one.attempt === run.attempt);
    // While others of its jobs go on, the run does.
    if (!others.some((one) => one.status === "in_progress")) run.status = status;
  };
  const resume = () => {
    Object.assign(job, { status: before.job });
    Object.assign(run, { status: before.run });
  };
  let leave = () => {};
  try {
    if (isReviewed(context, job)) {
      hold("waiting");
      announceJob(hub, run, job, "waiting");
      if (!(await untilReviewed(context.reviewed(job.environment ?? ""), signal))) return end("failure");
      resume();
    }
    const scope = workflowScope(context, needs, job.matrix, { success: true, failure: false, cancelled: false });
    leave = await takeTurn({ ...context, signal }, file.concurrency, scope, {
      waits: () => hold("pending"),
      displace: () => displaced.abort(new Error("displaced")),
    });
    resume();
    await runJob({ ...context, signal }, job, file, needs);
  } catch {
    if (!hub.closing.aborted) end(signal.aborted ? "cancelled" : "failure");
  } finally {
    leave();
  }

  function end(conclusion: "cancelled" | "failure"): void {
    Object.assign(job, { status: "completed", conclusion, completedAt: hub.now() });
    announceJob(hub, run, job, "completed");
  }
}

/** https://docs.github.com/en/actions/concepts/workflows-and-actions/deployment-environments */
function isReviewed({ hub, repository }: RunContext, { environment }: Job): boolean {
  return hub.state.environments.some(
    (one) => one.repositoryId === repository.id && one.name === environment && one.reviewers.length > 0,
  );
}

async function untilReviewed(word: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  return await Promise.race([word, promise]).finally(() => signal.removeEventListener("abort", giveUp));
}
