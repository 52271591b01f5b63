import type { Build } from "../facts/build.ts";
import { buildAwaited } from "../facts/build-awaited.ts";
import { overtakenBy } from "../facts/overtaken-by.ts";
import { imageOf, tagOf } from "../project/naming.ts";
import type { Outcome } from "../project/outcome.ts";
import { pinOf } from "../project/pin-of.ts";
import type { WorkflowJob, WorkflowRun } from "../project/ports/github.ts";
import type { Project } from "../project/project.ts";
import { type ReasonParams, reasonParams } from "../project/reason-params.ts";
import { wantedCommit } from "../project/wanted-commit.ts";
import { imageOfCommit } from "./image-of-commit.ts";
import type { Step, StepContext } from "./step.ts";
import { unreadable } from "./unreadable.ts";

/** Of an action's name what pins it: forty characters that tell a reader nothing. */
const PINNED = /@[0-9a-f]{40}\b/;

/** The image of the wanted commit: the workflow run builds it, the registry says that it is there. */
export const image: Step = {
  name: "image",
  scope: "project",
  stage: "build",
  after: ["first-commit"],

  async ensure(context) {
    const { settings, project, facts } = context;
    const sha = wantedCommit(project, facts.head);
    if (sha === undefined) return { state: "waiting", reason: "BuildAwaited" };
    const tag = tagOf(sha);
    const name = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
    const done: Outcome = { state: "done", reason: "ImageReady", params: { image: name, tag } };
    // What was given out once is there, whatever the registry says of our token now.
    if (project.status.environments.some((each) => each.tag === tag)) return done;
    const kept = keptFor(project, sha);
    if (kept) return { state: "done", reason: "ImageKept", params: kept };
    const found = imageOfCommit(project, facts, sha);
    if (found?.sha === sha) return done;
    if (found)
      return { state: "done", reason: "ImageKept", params: { tag: tagOf(found.sha), why: found.kept ?? "manifests" } };
    const present = facts.images[tag];
    if (present && !present.known) return unreadable(present.reason);
    const build = facts.builds[sha];
    if (!build?.known) return build ? unreadable(build.reason) : { state: "waiting", reason: "BuildAwaited" };
    const newer = overtakenBy(project, facts);
    if (newer)
      return {
        state: "waiting",
        reason: "BuildQueued",
        params: { number: newer.number },
        until: later(facts.at, 1_000),
        learned: { launch: { ...project.status.launch, sha: newer.sha } },
      };
    if (context.retrying && "run" in build.value && ["failed", "cancelled"].includes(build.value.state)) {
      const { run } = build.value;
      await context.ports.github.rerunFailedJobs({ owner: project.spec.owner, name: project.spec.repository }, run.id);
      return { state: "waiting", reason: "BuildQueued", params: { number: run.number } };
    }
    return waiting(context, buildAwaited(build.value, sha, facts.lineage));
  },
};

/** What was given out in its stead stays, though its own image may be built later: nobody waits for that one. */
function keptFor({ spec, status }: Project, sha: string): { tag: string; why: string } | undefined {
  const following = spec.environments.filter((environment) => pinOf(environment, status) === undefined);
  const given = status.environments.find(
    ({ name, released, tag, pinnedTag }) =>
      released === sha &&
      pinnedTag === undefined &&
      tag !== undefined &&
      tag !== tagOf(sha) &&
      following.some((each) => each.name === name),
  );
  if (given?.tag === undefined) return undefined;
  const row = status.deploys
    .findLast((deploy) => deploy.sha === sha)
    ?.stages.find(({ stage, reason }) => stage === "build" && reason === "ImageKept");
  return { tag: given.tag, why: String(row?.params.why ?? "manifests") };
}

function waiting({ project, facts }: StepContext, build: Build): Outcome {
  switch (build.state) {
    case "none":
      return { state: "waiting", reason: "BuildAwaited", until: later(facts.at, 5_000) };
    case "queued":
      return { state: "waiting", reason: "BuildQueued", params: { number: build.run.number, url: build.run.url } };
    case "running":
      return running(project, build.run, facts.jobs.known ? facts.jobs.value : []);
    case "approval":
      return {
        state: "waiting",
        reason: "BuildNeedsApproval",
        params: { number: build.run.number, url: build.run.url },
      };
    case "succeeded":
      return {
        state: "waiting",
        reason: "ImageAwaited",
        // The run may be of the commit before, which this one has its image of.
        params: { number: build.run.number, tag: tagOf(build.run.sha) },
        until: later(facts.at, 2_000),
      };
    case "failed":
    case "cancelled":
    case "skipped":
      return { state: "waiting", reason: "BuildOver", params: { number: build.run.number, outcome: build.state } };
    case "ended":
      return {
        state: "waiting",
        reason: "BuildOver",
        params: { number: build.run.number, outcome: build.run.conclusion ?? "over" },
        until: later(facts.at, 2_000),
      };
  }
}

function running(project: Project, run: WorkflowRun, jobs: WorkflowJob[]): Outcome {
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
      ...furthest(
        project,
        { number: run.number, job: job.name },
        step && { step: step.name.replace(PINNED, ""), stepNumber: step.number, stepCount: job.steps.length },
      ),
    },
  };
}

type At = Pick<ReasonParams["BuildRunning"], "step" | "stepNumber" | "stepCount">;

/** GitHub may answer with what was so a moment ago, and names no step between two: a row that has come further stays there. */
function furthest({ status }: Project, of: { number: number; job: string }, now: At | undefined): At {
  const rows = [...status.stages, ...(status.deploys.at(-1)?.stages ?? [])];
  const told = rows.findLast(({ reason, params }) => reason === "BuildRunning" && params.number === of.number);
  const before = told && told.params.job === of.job ? reasonParams.BuildRunning.safeParse(told.params).data : undefined;
  if (before?.stepNumber === undefined || (now?.stepNumber ?? 0) >= before.stepNumber) return now ?? {};
  const { step, stepNumber, stepCount } = before;
  return { step, stepNumber, stepCount };
}

function later(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds);
}
