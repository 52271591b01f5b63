import type { Finding } from "../project/finding.ts";
import { imageOf, tagOf } from "../project/naming.ts";
import type { Outcome } from "../project/outcome.ts";
import type { WorkflowJob, WorkflowRun } from "../project/ports/github.ts";
import type { BuildFailure } from "../project/snapshot.ts";
import type { Step, StepContext } from "./step.ts";

/** How long after the push Actions may take to show a run, and the registry to show an image. */
const PATIENCE_MS = { run: 60_000, image: 60_000 };

/** Of an action's name what pins it: forty characters that tell a reader nothing. */
const PINNED = /@[0-9a-f]{40}\b/;

/** The image of the newest commit: the workflow run builds it, the registry says that it is there. */
export const image: Step = {
  name: "image",
  stage: "build",
  after: ["first-commit"],

  async ensure(context) {
    const sha = wantedSha(context);
    if (sha === undefined) return { state: "waiting", reason: "BuildAwaited" };
    const { settings, project, snapshot } = context;
    const tag = tagOf(sha);
    const name = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
    const done: Outcome = { state: "done", reason: "ImageReady", params: { image: name, tag } };
    // What was given out once is there, whatever the registry says of our token now.
    if (project.status.environments.some((each) => each.tag === tag)) return done;
    const present = snapshot.images[tag];
    if (present?.known && present.value) return done;
    if (present && !present.known && present.needs !== undefined)
      return { state: "stalled", finding: unreadable(present.needs, present.reason, name, tag) };
    if (!snapshot.runs.known)
      return { state: "waiting", reason: "Unreadable", params: { detail: snapshot.runs.reason } };
    const run = snapshot.runs.value.find((each) => each.sha === sha);
    if (run && run.status !== "completed") return running(run, snapshot.jobs.known ? snapshot.jobs.value : []);
    if (run?.conclusion === "success") return pushed(context, run, name, tag);
    const mend = newerRun(context, sha);
    if (context.retrying && mend)
      return {
        state: "waiting",
        reason: "BuildQueued",
        params: { number: mend.number },
        until: later(snapshot.at, 1_000),
        facts: { launch: { ...project.status.launch, sha: mend.sha } },
      };
    if (!run) return awaited(context, sha);
    if (context.retrying) {
      await context.ports.github.rerunFailedJobs({ owner: project.spec.owner, name: project.spec.repository }, run.id);
      return { state: "waiting", reason: "BuildQueued", params: { number: run.number } };
    }
    return { state: "stalled", finding: failed(run, snapshot.failure.known ? snapshot.failure.value : undefined) };
  },
};

/** What somebody pushed to mend a failed launch: the commit that failed, or that no run came of, would only fail again. */
function newerRun({ project, snapshot }: StepContext, failed: string): WorkflowRun | undefined {
  const head = snapshot.head.known ? snapshot.head.value?.sha : undefined;
  if (project.status.phase === "Live" || head === failed || !snapshot.runs.known) return undefined;
  return snapshot.runs.value.find(({ sha }) => sha === head);
}

/** Of the launch: its own commit; later: whatever is newest. */
function wantedSha({ project, snapshot }: StepContext): string | undefined {
  const head = snapshot.head.known ? snapshot.head.value?.sha : undefined;
  return project.status.phase === "Live" ? (head ?? project.status.launch.sha) : project.status.launch.sha;
}

function awaited({ project, snapshot }: StepContext, sha: string): Outcome {
  const { launch, deploys } = project.status;
  const pushedAt = launch.sha === sha ? launch.startedAt : deploys.findLast((each) => each.sha === sha)?.startedAt;
  const waited = pushedAt === undefined ? 0 : snapshot.at.getTime() - new Date(pushedAt).getTime();
  if (waited < PATIENCE_MS.run) return { state: "waiting", reason: "BuildAwaited", until: later(snapshot.at, 5_000) };
  const { owner, repository } = project.spec;
  return {
    state: "stalled",
    finding: {
      code: "workflow-missing",
      severity: "fail",
      subject: `commit/${sha}`,
      evidence: `no workflow run of ${sha.slice(0, 7)} after ${Math.round(waited / 1000)} s`,
      seenFrom: "github",
      params: { repository: `${owner}/${repository}`, sha: sha.slice(0, 7) },
      remedies: ["retry"],
    },
  };
}

function running(run: WorkflowRun, jobs: WorkflowJob[]): Outcome {
  const job = jobs.find((each) => each.runId === run.id && each.status === "in_progress");
  if (!job) return { state: "waiting", reason: "BuildQueued", params: { number: run.number, url: run.url } };
  const step = job.steps.find((each) => each.status === "in_progress");
  return {
    state: "waiting",
    reason: "BuildRunning",
    params: {
      number: run.number,
      url: run.url,
      job: job.name,
      ...(step ? { step: step.name.replace(PINNED, ""), stepNumber: step.number, stepCount: job.steps.length } : {}),
    },
  };
}

/** The workflow is done; registries show a tag a moment later. */
function pushed({ snapshot }: StepContext, run: WorkflowRun, name: string, tag: string): Outcome {
  const since = snapshot.at.getTime() - run.updatedAt.getTime();
  if (since < PATIENCE_MS.image)
    return {
      state: "waiting",
      reason: "ImageAwaited",
      params: { number: run.number, tag },
      until: later(snapshot.at, 2_000),
    };
  const present = snapshot.images[tag];
  return {
    state: "stalled",
    finding: {
      code: "image-never-pushed",
      severity: "fail",
      subject: `image/${name}:${tag}`,
      evidence: present && !present.known ? present.reason : `${name}:${tag}: not found, run #${run.number} succeeded`,
      seenFrom: "registry",
      params: { image: name, tag, number: run.number, url: run.url },
      remedies: ["retry"],
    },
  };
}

/** The registry answers, but not to us. */
function unreadable(code: string, evidence: string, image: string, tag: string): Finding {
  return {
    code,
    severity: "fail",
    subject: `image/${image}:${tag}`,
    evidence,
    seenFrom: "registry",
    params: { reference: `${image}:${tag}` },
    remedies: ["retry"],
  };
}

function failed(run: WorkflowRun, failure: BuildFailure | undefined): Finding {
  return {
    code: "build-failed",
    severity: "fail",
    subject: `run/${run.id}/${run.attempt}`,
    evidence: tellingLine(failure?.lines ?? []) ?? `run #${run.number}: ${run.conclusion}`,
    seenFrom: "github",
    params: {
      number: run.number,
      url: run.url,
      conclusion: run.conclusion ?? "failure",
      sha: run.sha.slice(0, 7),
      ...(failure ? { job: failure.job, step: failure.step } : {}),
    },
    remedies: ["retry"],
  };
}

/** The runner's own last word says only that something went wrong. */
function tellingLine(lines: string[]): string | undefined {
  return lines.findLast((line) => !/^Error: Process completed with exit code \d+/.test(line)) ?? lines.at(-1);
}

function later(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds);
}
