import type { Conclusion, Job, Step } from "../state.ts";
import { announceJob } from "../webhooks/announce-job.ts";
import type { Scope, Value } from "./expression.ts";
import { condition, interpolate } from "./interpolate.ts";
import type { JobContext } from "./job-context.ts";
import type { RunContext } from "./run-context.ts";
import { runStep } from "./run-step.ts";
import { workflowScope } from "./scope.ts";
import { tokenPermissions } from "./token-permissions.ts";
import type { JobFile, StepFile } from "./workflow-file.ts";

/** One job, queued to completed. Its log and steps grow as it goes; it never throws. */
export async function runJob(context: RunContext, job: Job, file: JobFile, needs: Map<string, Job[]>): Promise<void> {
  const { hub, run } = context;
  const random = hub.world.random.fork(`job-${job.id}`);
  const token = createToken(context, file);
  const steps: Record<string, Value> = {};
  const status = { success: true, failure: false, cancelled: false };
  const jobContext: JobContext = {
    ...context,
    job,
    jobFile: file,
    token,
    env: {},
    log: (line) => {
      const at = hub.world.clock.now().toISOString().replace("Z", "0000Z");
      for (const part of line.split("\n")) job.log.push(`${at} ${part}`);
    },
    work: async (seconds) =>
      await hub.world.clock.sleep(seconds * 1000 * (0.85 + 0.3 * random.number()), context.signal),
    scope: (env) =>
      workflowScope(context, needs, job.matrix, status, { token, env: { ...jobContext.env, ...env }, steps }),
  };
  try {
    announceJob(hub, run, job, "queued");
    await jobContext.work(3);
    await begin(jobContext);
    await runSteps(jobContext, status, steps);
    job.outputs = Object.fromEntries(
      Object.entries(file.outputs).map(([name, source]) => [name, interpolate(source, jobContext.scope())]),
    );
  } catch (error) {
    if (hub.closing.aborted) return;
    status.success = false;
    status.cancelled = context.signal.aborted;
    status.failure = !status.cancelled;
    jobContext.log(
      status.cancelled
        ? "##[error]The operation was canceled."
        : `##[error]${error instanceof Error ? error.message : error}`,
    );
    endOpenSteps(jobContext, status.cancelled ? "cancelled" : "failure");
  } finally {
    delete hub.state.tokens[token];
  }
  const conclusion: Conclusion = status.failure ? "failure" : status.cancelled ? "cancelled" : "success";
  Object.assign(job, { status: "completed", conclusion, completedAt: hub.now() });
  announceJob(hub, run, job, "completed");
}

function createToken({ hub, repository, file }: RunContext, job: JobFile): string {
  const token = `ghs_${hub.world.random.text(36, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}`;
  hub.state.tokens[token] = {
    kind: "installation",
    workflow: true,
    repositoryIds: [repository.id],
    permissions: tokenPermissions(repository, job.permissions ?? file.permissions),
    expiresAt: new Date(hub.world.clock.now().getTime() + 24 * 3_600_000).toISOString(),
  };
  return token;
}

async function begin(context: JobContext): Promise<void> {
  const { hub, run, job, jobFile, repository } = context;
  const full = `${repository.owner}/${repository.name}`;
  context.env = {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTOR: run.actor,
    GITHUB_REF: run.ref,
    GITHUB_REF_NAME: run.headBranch,
    GITHUB_REPOSITORY: full,
    GITHUB_REPOSITORY_OWNER: repository.owner,
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_NUMBER: String(run.number),
    GITHUB_SERVER_URL: hub.address.server,
    GITHUB_SHA: run.headSha,
  };
  for (const env of [context.file.env, jobFile.env]) {
    for (const [name, value] of Object.entries(env))
      context.env[name] = interpolate(String(value ?? ""), context.scope());
  }
  const names = [
    "Set up job",
    ...jobFile.steps.map((step) => stepName(step, context.scope())),
    ...postNames(jobFile),
    "Complete job",
  ];
  job.steps = names.map((name, index) => ({
    number: index + 1,
    name,
    status: "queued",
    conclusion: null,
    startedAt: null,
    completedAt: null,
  }));
  Object.assign(job, { status: "in_progress", startedAt: hub.now(), runner: "GitHub Actions 1" });
  open(context, job.steps[0]);
  announceJob(hub, run, job, "in_progress");
}

async function runSteps(context: JobContext, status: Scope["status"], outputs: Record<string, Value>): Promise<void> {
  const { job, jobFile } = context;
  const [setUp, ...rest] = job.steps;
  context.log("Current runner version: '2.330.0'");
  context.log("##[group]GITHUB_TOKEN Permissions");
  for (const [scope, access] of Object.entries(tokenOf(context)))
    context.log(`${scope.charAt(0).toUpperCase()}${scope.slice(1)}: ${access}`);
  context.log("##[endgroup]");
  await context.work(3);
  close(context, setUp, "success");
  for (const [index, file] of jobFile.steps.entries()) {
    const step = rest[index];
    if (!condition(file.if, context.scope())) {
      close(context, step, "skipped");
      continue;
    }
    open(context, step);
    const result = await runStep(context, file, step?.name ?? "");
    const tolerated = result.conclusion === "failure" && String(file["continue-on-error"] ?? "false") === "true";
    if (file.id)
      outputs[file.id] = {
        outputs: result.outputs,
        outcome: result.conclusion,
        conclusion: tolerated ? "success" : result.conclusion,
      };
    if (result.conclusion === "failure" && !tolerated) Object.assign(status, { success: false, failure: true });
    close(context, step, tolerated ? "success" : result.conclusion);
  }
  for (const step of rest.slice(jobFile.steps.length)) {
    open(context, step);
    await context.work(0.5);
    context.log(step.name === "Complete job" ? "Cleaning up orphan processes" : `${step.name}.`);
    close(context, step, "success");
  }
}

function tokenOf({ hub, token }: JobContext): Record<string, string> {
  const principal = hub.state.tokens[token];
  return principal?.kind === "installation" ? principal.permissions : {};
}

function stepName(step: StepFile, scope: Scope): string {
  if (step.name) return interpolate(step.name, scope);
  return `Run ${step.uses ?? step.run?.trim().split("\n")[0] ?? ""}`;
}

/** Actions with something to do at the end show a second step, in reverse order. */
function postNames(job: JobFile): string[] {
  const having = job.steps.filter((step) =>
    /^(actions\/(checkout|setup-|cache)|docker\/(setup-buildx|login|build-push))/.test(step.uses ?? ""),
  );
  return having.map((step) => `Post ${step.name ?? `Run ${step.uses}`}`).reverse();
}

function open({ hub }: JobContext, step: Step | undefined): void {
  if (step) Object.assign(step, { status: "in_progress", startedAt: hub.now() });
}

function close({ hub }: JobContext, step: Step | undefined, conclusion: Conclusion): void {
  const now = hub.now();
  if (step)
    Object.assign(step, { status: "completed", conclusion, startedAt: step.startedAt ?? now, completedAt: now });
}

function endOpenSteps(context: JobContext, conclusion: Conclusion): void {
  for (const step of context.job.steps) {
    if (step.status === "in_progress") close(context, step, conclusion);
    else if (step.status === "queued") close(context, step, "skipped");
  }
}
