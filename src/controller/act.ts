import type { Log } from "../project/log.ts";
import type { Learned, Made, Outcome } from "../project/outcome.ts";
import type { Ports } from "../project/ports/ports.ts";
import { Problem } from "../project/problem.ts";
import type { EnvironmentStatus, Project } from "../project/project.ts";
import type { Step, StepContext } from "../steps/step.ts";
import type { Underway } from "./create-underway.ts";
import { heedCalls } from "./heed-calls.ts";

/** What one step came to; of an environment's step, where. */
export interface StepOutcome {
  step: Step;
  environment?: string;
  outcome: Outcome;
}

export interface Acted {
  /** Of the steps that were reached, in order. */
  outcomes: StepOutcome[];
  made: Made[];
  /** What was made earlier and is not wanted any more. */
  removed: Made[];
  /** With what the steps learned in its status. */
  project: Project;
}

/** A passing trouble that lasts this long is one that a person should see. */
const PATIENCE_MS = 120_000;

/**
 * Every step whose predecessors are done, in order; those of environments once for each. What one learns the next one
 * knows. Never rejects for a step's sake.
 */
export async function act(
  steps: readonly Step[],
  context: StepContext,
  { log, underway }: { log: Log; underway: Underway },
): Promise<Acted> {
  const outcomes: StepOutcome[] = [];
  const made: Made[] = [];
  const removed: Made[] = [];
  const environments = context.facts.environments.map(({ environment }) => environment.name);
  let { project } = context;

  const settled = (name: string, environment: string | undefined) => {
    const of = outcomes.filter((each) => each.step.name === name);
    const here = of.filter((each) => environment === undefined || (each.environment ?? environment) === environment);
    const wanted = steps.find((each) => each.name === name)?.scope === "environment" && environment === undefined;
    return here.filter(isSettled).length >= (wanted ? environments.length : 1);
  };

  async function take(step: Step, environment: string | undefined, ensure: (ports: Ports) => Promise<Outcome>) {
    if (!step.after.every((name) => settled(name, environment))) return;
    const key = [project.metadata.uid, step.name, environment].join(" ");
    const ensured = async () =>
      (await underway.take(key, (asked) => ensure(heedCalls(context.ports, asked)))) ??
      unanswered(underway.awaits(key), context);
    const outcome = await attempt(step, environment, ensured, { ...context, project }, log);
    outcomes.push({ step, ...(environment === undefined ? {} : { environment }), outcome });
    if (outcome.state === "done") removed.push(...(outcome.removed ?? []));
    if (outcome.state !== "done" && outcome.state !== "waiting") return;
    made.push(...(outcome.made ?? []));
    project = withLearned(project, environment, outcome.learned);
  }

  for (const step of steps) {
    if (step.scope === "project") await take(step, undefined, (ports) => step.ensure({ ...context, ports, project }));
    else
      for (const here of context.facts.environments) {
        const { name } = here.environment;
        const status = environmentOf(project, name);
        await take(step, name, (ports) => step.ensure({ ...context, ports, project, here, status }));
      }
  }
  return { outcomes, made, removed, project };
}

function isSettled({ outcome }: StepOutcome): boolean {
  return outcome.state === "done" || outcome.state === "skipped";
}

function environmentOf({ status }: Project, name: string): EnvironmentStatus {
  return status.environments.find((each) => each.name === name) ?? { name };
}

function withLearned(project: Project, environment: string | undefined, learned: Learned | undefined): Project {
  if (!learned) return project;
  const { environment: here, ...rest } = learned;
  const status = { ...project.status, ...rest };
  if (here === undefined || environment === undefined) return { ...project, status };
  const now = { ...environmentOf(project, environment), ...here };
  // In the order of the spec.
  const environments = project.spec.environments.flatMap(({ name }) =>
    name === environment ? [now] : status.environments.filter((each) => each.name === name),
  );
  return { ...project, status: { ...status, environments } };
}

async function attempt(
  step: Step,
  environment: string | undefined,
  ensure: () => Promise<Outcome>,
  context: StepContext,
  log: Log,
): Promise<Outcome> {
  try {
    return await ensure();
  } catch (error) {
    log.warn({ project: context.project.metadata.name, step: step.name, environment, error }, "step failed");
    return outcomeOf(problemOf(error), step, context);
  }
}

function unanswered(by: string | undefined, { facts: { at } }: StepContext): Outcome {
  const until = new Date(at.getTime() + 1_000);
  return { state: "waiting", reason: "Underway", ...(by === undefined ? {} : { params: { of: by } }), until };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem("internal", { evidence: error instanceof Error ? error.message : String(error), cause: error });
}

function outcomeOf(problem: Problem, step: Step, { project, facts }: StepContext): Outcome {
  if (problem.destiny.kind === "wait")
    return {
      state: "waiting",
      reason: "Retrying",
      params: { detail: problem.evidence, code: problem.code, step: step.name },
      until: problem.destiny.until,
    };
  if (problem.destiny.kind === "person") return { state: "refused", problem };
  const trying = tryingSince(step, project) ?? facts.at.getTime();
  // What has failed is not on its way again merely because another try was as vain; only its success mends it.
  const failing = project.status.failure?.subject.startsWith(`step/${step.name}`);
  if (failing || facts.at.getTime() - trying >= PATIENCE_MS) return { state: "refused", problem };
  return {
    state: "waiting",
    reason: "Retrying",
    params: { detail: problem.evidence, code: problem.code, step: step.name, since: trying },
    until: new Date(facts.at.getTime() + 3_000),
  };
}

/** Milliseconds; undefined where the pass before had no such trouble. A wait that somebody else imposed does not count. */
function tryingSince(step: Step, { status }: Project): number | undefined {
  const before = status.stages.find(
    ({ stage, reason, params }) => stage === step.stage && reason === "Retrying" && params.step === step.name,
  );
  return typeof before?.params.since === "number" ? before.params.since : undefined;
}
