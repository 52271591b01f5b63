import type { Finding } from "../project/finding.ts";
import type { Log } from "../project/log.ts";
import type { Made, Outcome } from "../project/outcome.ts";
import { Problem } from "../project/problem.ts";
import type { Project } from "../project/project.ts";
import type { Step, StepContext } from "../steps/step.ts";

export interface Acted {
  /** Of the steps that were reached, in order. */
  outcomes: { step: Step; outcome: Outcome }[];
  made: Made[];
  /** What was made earlier and is not wanted any more. */
  removed: Made[];
  /** With what the steps learned in its status. */
  project: Project;
}

/** A passing trouble that lasts this long is one that a person should see. */
const PATIENCE_MS = 120_000;

/** Every step whose predecessors are done, in order. What one learns the next one knows. Never rejects for a step's sake. */
export async function act(steps: readonly Step[], context: StepContext, log: Log): Promise<Acted> {
  const outcomes: Acted["outcomes"] = [];
  const made: Made[] = [];
  const removed: Made[] = [];
  const settled = new Set<string>();
  let { project } = context;
  for (const step of steps) {
    if (!step.after.every((name) => settled.has(name))) continue;
    const outcome = await ensure(step, { ...context, project }, log);
    outcomes.push({ step, outcome });
    if (outcome.state === "done" || outcome.state === "skipped") settled.add(step.name);
    if (outcome.state === "done") removed.push(...(outcome.removed ?? []));
    if (outcome.state === "done" || outcome.state === "waiting") {
      made.push(...(outcome.made ?? []));
      project = { ...project, status: { ...project.status, ...outcome.facts } };
    }
  }
  return { outcomes, made, removed, project };
}

async function ensure(step: Step, context: StepContext, log: Log): Promise<Outcome> {
  try {
    return await step.ensure(context);
  } catch (error) {
    log.warn({ project: context.project.metadata.name, step: step.name, error }, "step failed");
    return outcomeOf(problemOf(error), step, context);
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem("internal", { evidence: error instanceof Error ? error.message : String(error), cause: error });
}

function outcomeOf(problem: Problem, step: Step, { project, snapshot }: StepContext): Outcome {
  if (problem.destiny.kind === "wait")
    return {
      state: "waiting",
      reason: "Retrying",
      params: { detail: problem.evidence, step: step.name },
      until: problem.destiny.until,
    };
  if (problem.destiny.kind === "person") return { state: "stalled", finding: findingOf(problem, step) };
  const trying = tryingSince(step, project) ?? snapshot.at.getTime();
  // What has failed is not on its way again merely because another try was as vain; only its success mends it.
  const failing = project.status.failure?.subject === subjectOf(step);
  if (failing || snapshot.at.getTime() - trying >= PATIENCE_MS)
    return { state: "stalled", finding: findingOf(problem, step) };
  return {
    state: "waiting",
    reason: "Retrying",
    params: { detail: problem.evidence, step: step.name, since: trying },
    until: new Date(snapshot.at.getTime() + 3_000),
  };
}

/** Milliseconds; undefined where the pass before had no such trouble. A wait that somebody else imposed does not count. */
function tryingSince(step: Step, { status }: Project): number | undefined {
  const before = status.stages.find(({ stage }) => stage === step.stage);
  if (before?.reason !== "Retrying" || before.params.step !== step.name) return undefined;
  return typeof before.params.since === "number" ? before.params.since : undefined;
}

function subjectOf(step: Step): string {
  return `step/${step.name}`;
}

function findingOf(problem: Problem, step: Step): Finding {
  return {
    code: problem.code,
    severity: "fail",
    subject: subjectOf(step),
    evidence: problem.evidence,
    seenFrom: "slipway",
    params: problem.params,
    remedies: ["retry"],
  };
}
