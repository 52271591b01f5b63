import type { Conclusion, Job } from "../state.ts";
import { announceJob } from "../webhooks/announce-job.ts";
import { announceRun } from "../webhooks/announce-run.ts";
import { endRun } from "./end-run.ts";
import { condition, interpolate } from "./interpolate.ts";
import type { RunContext } from "./run-context.ts";
import { runInTurn } from "./run-in-turn.ts";
import { workflowScope } from "./scope.ts";
import type { JobFile } from "./workflow-file.ts";

/** One attempt of a run: its jobs in the order of their `needs`, each when the ones before it have ended. */
export async function runWorkflow(context: RunContext, which: "all" | "failed"): Promise<void> {
  const { hub, run, file } = context;
  const kept = which === "failed" ? keepSuccessful(context) : new Map<string, Job[]>();
  const ended = new Map<string, Promise<Job[]>>();
  const first = { begun: false };
  const runKey = (key: string): Promise<Job[]> => {
    const known = ended.get(key);
    if (known) return known;
    const job = file.jobs[key];
    const done = job ? runWhenReady(key, job) : Promise.resolve([]);
    ended.set(key, done);
    return done;
  };
  async function runWhenReady(key: string, job: JobFile): Promise<Job[]> {
    // Promises of `needs` must not be asked for before this job's own is known, or a cycle would never end.
    await Promise.resolve();
    const before = await Promise.all(job.needs.map(async (need) => [need, await runKey(need)] as const));
    const already = kept.get(key);
    if (already) return already;
    const needs = new Map(before);
    const skip = context.signal.aborted || !mayRun(context, job, needs);
    if (!skip && !first.begun) {
      first.begun = true;
      await begin(context);
    }
    return await Promise.all(
      matrixOf(job).map(async (matrix) => {
        const one = createJob(context, key, job, matrix);
        if (skip) await endSkipped(context, one);
        else await runInTurn(context, one, job, needs);
        return one;
      }),
    );
  }
  const jobs = (await Promise.all(Object.keys(file.jobs).map(runKey))).flat();
  if (hub.closing.aborted) return;
  const conclusion = run.planned ?? concludeAll(jobs, context.signal.aborted);
  endRun(hub, run, conclusion);
}

async function begin({ hub, run }: RunContext): Promise<void> {
  Object.assign(run, { status: "in_progress", updatedAt: hub.now() });
  announceRun(hub, run, "in_progress");
}

function concludeAll(jobs: Job[], cancelled: boolean): Conclusion {
  if (jobs.some((job) => job.conclusion === "failure")) return "failure";
  if (cancelled || jobs.some((job) => job.conclusion === "cancelled")) return "cancelled";
  return jobs.length > 0 && jobs.every((job) => job.conclusion === "skipped") ? "skipped" : "success";
}

function mayRun(context: RunContext, job: JobFile, needs: Map<string, Job[]>): boolean {
  const all = [...needs.values()].flat();
  const success = all.every((one) => one.conclusion === "success");
  const failure = all.some((one) => one.conclusion === "failure");
  const scope = workflowScope(context, needs, {}, { success, failure, cancelled: context.signal.aborted });
  return condition(job.if, scope);
}

function createJob(context: RunContext, key: string, file: JobFile, matrix: Job["matrix"]): Job {
  const { hub, run } = context;
  const now = hub.now();
  const values = Object.values(matrix).join(", ");
  const scope = workflowScope(context, new Map(), matrix, { success: true, failure: false, cancelled: false });
  const name = file.name ? interpolate(file.name, scope) : values ? `${key} (${values})` : key;
  const on = file["runs-on"];
  const labels =
    typeof on === "string"
      ? [interpolate(on, scope)]
      : Array.isArray(on)
        ? on.map((label) => interpolate(label, scope))
        : ["ubuntu-latest"];
  const job: Job = {
    id: hub.nextId(),
    runId: run.id,
    attempt: run.attempt,
    key,
    matrix,
    name,
    status: "queued",
    conclusion: null,
    createdAt: now,
    startedAt: now,
    completedAt: null,
    runner: null,
    labels,
    environment: file.environment ? interpolate(file.environment, scope) : null,
    steps: [],
    outputs: {},
    log: [],
  };
  hub.state.jobs.push(job);
  return job;
}

async function endSkipped({ hub, run }: RunContext, job: Job): Promise<void> {
  Object.assign(job, { status: "completed", conclusion: "skipped", completedAt: hub.now() });
  announceJob(hub, run, job, "completed");
}

/** What succeeded in the attempt before is taken over as it was, under ids of this attempt. */
function keepSuccessful({ hub, run }: RunContext): Map<string, Job[]> {
  const before = hub.state.jobs.filter((job) => job.runId === run.id && job.attempt === run.attempt - 1);
  const byKey = Map.groupBy(before, (job) => job.key);
  const kept = new Map<string, Job[]>();
  for (const [key, jobs] of byKey) {
    if (!jobs.every((job) => job.conclusion === "success")) continue;
    const copies = jobs.map((job) => ({ ...structuredClone(job), id: hub.nextId(), attempt: run.attempt }));
    hub.state.jobs.push(...copies);
    kept.set(key, copies);
  }
  return kept;
}

/** The combinations of a matrix of plain lists, with `include` and `exclude`. */
function matrixOf(job: JobFile): Job["matrix"][] {
  const { include, exclude, ...axes } = job.strategy?.matrix ?? {};
  let combinations: Job["matrix"][] = [{}];
  for (const [name, values] of Object.entries(axes)) {
    if (!Array.isArray(values)) continue;
    combinations = combinations.flatMap((one) => values.filter(isScalar).map((value) => ({ ...one, [name]: value })));
  }
  const excluded = recordsOf(exclude);
  combinations = combinations.filter(
    (one) => !excluded.some((out) => Object.entries(out).every(([name, value]) => one[name] === value)),
  );
  for (const extra of recordsOf(include)) {
    const hosts = combinations.filter((one) =>
      Object.entries(extra).every(([name, value]) => !(name in axes) || one[name] === value),
    );
    const bare = combinations.length === 1 && Object.keys(combinations[0] ?? {}).length === 0;
    if (hosts.length > 0 && !bare) for (const host of hosts) Object.assign(host, extra);
    else combinations = bare ? [extra] : [...combinations, extra];
  }
  return combinations;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function recordsOf(value: unknown): Job["matrix"][] {
  if (!Array.isArray(value)) return [];
  return value.map((one) =>
    Object.fromEntries(
      Object.entries(one ?? {}).filter((entry): entry is [string, string | number | boolean] => isScalar(entry[1])),
    ),
  );
}
