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
  /** With what the steps learned in its status. */
  project: Project;
}

/** A passing trouble that lasts this long is one that a person should see. */
const PATIENCE_MS = 120_000;

/** Every step whose predecessors are done, in order. What one learns the next one knows. Never rejects for a step's sake. */
export async function act(steps: readonly Step[], context: StepContext, log: Log): Promise<Acted> {
  const outcomes: Acted["outcomes"] = [];
  const made: Made[] = [];
  const settled = new Set<string>();
  let { project } = context;
  for (const step of steps) {
    if (!step.after.every((name) => settled.has(name))) continue;
    const outcome = await ensure(step, { ...context, project }, log);
    outcomes.push({ step, outcome });
    if (outcome.state === "done" || outcome.state === "skipped") settled.add(step.name);
    if (outcome.state === "done" || outcome.state === "waiting") {
      made.push(...(outcome.made ?? []));
      project = { ...project, status: { ...project.status, ...outcome.facts } };
    }
  }
  return { outcomes, made, project };
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
  const before = project.status.stages.find(({ stage }) => stage === step.stage);
  const trying =
    before?.reason === "Retrying" && before.params.step === step.name
      ? Number(before.params.since)
      : snapshot.at.getTime();
  if (snapshot.at.getTime() - trying >= PATIENCE_MS) return { state: "stalled", finding: findingOf(problem, step) };
  return {
    state: "waiting",
    reason: "Retrying",
    params: { detail: problem.evidence, step: step.name, since: trying },
    until: new Date(snapshot.at.getTime() + 3_000),
  };
}

function findingOf(problem: Problem, step: Step): Finding {
  return {
    code: problem.code,
    severity: "fail",
    subject: `step/${step.name}`,
    evidence: problem.evidence,
    seenFrom: "slipway",
    params: problem.params,
    remedies: ["retry"],
  };
}
