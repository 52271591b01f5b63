import type { Finding } from "../project/finding.ts";
import type { Outcome } from "../project/outcome.ts";
import { known } from "../project/params.ts";
import type { StageStatus } from "../project/project.ts";
import type { Reason, Reasoned } from "../project/reason-params.ts";
import { STAGES, type Stage } from "../project/stage.ts";
import type { Step } from "../steps/step.ts";
import type { Acted, StepOutcome } from "./act.ts";
import { withTimes } from "./with-times.ts";

/** What a row says before its first step is reached. */
const PENDING: Record<Stage, Reason> = {
  repository: "Pending",
  cluster: "Pending",
  build: "Pending",
  rollout: "RolloutWaitsForImage",
  ingress: "IngressAwaited",
  certificate: "CertificateAwaited",
  reachable: "ReachableAwaited",
};

/** What it says while some of its steps are done and others wait for another stage. */
const PARTLY: Record<Stage, Reason> = { ...PENDING, repository: "RepositoryCreating", cluster: "ClusterPreparing" };

/** What a pass saw that rows are made of. */
export interface Rows {
  acted: Pick<Acted, "outcomes">;
  steps: readonly Step[];
  environments: readonly string[];
  /** Open and confirmed; one that names a row stops it. */
  findings: readonly Finding[];
}

/**
 * A row for each stage; of what is an environment's one for each environment, named where there are several. A row is as
 * far as its least advanced step. Times are kept from before and set when a state is first seen.
 */
export function stagesOf(
  { acted, steps, environments, findings }: Rows,
  before: StageStatus[],
  at: Date,
): StageStatus[] {
  return STAGES.flatMap((stage) => {
    const own = steps.filter((step) => step.stage === stage);
    const shared = own.every(({ scope }) => scope === "project");
    const outcomes = acted.outcomes.filter(({ step }) => step.stage === stage);
    return (shared ? [undefined] : environments).map((environment) => {
      const here = outcomes.filter(
        (each) => environment === undefined || (each.environment ?? environment) === environment,
      );
      const named = environments.length > 1 && environment !== undefined ? { environment } : {};
      const was = before.find(
        (each) => each.stage === stage && (each.environment ?? named.environment) === named.environment,
      );
      const stopped = findings.find(
        (finding) =>
          finding.stage === stage &&
          (environment === undefined || (finding.environment ?? environment) === environment),
      );
      const now = judge(stage, here, own.length, stopped);
      return withTimes({ stage, ...named, ...now }, was, at);
    });
  });
}

function judge(
  stage: Stage,
  taken: StepOutcome[],
  steps: number,
  stopped: Finding | undefined,
): Pick<StageStatus, "state" | "reason" | "params"> {
  const outcomes = taken.map(({ outcome }) => outcome);
  const refused = outcomes.find((outcome) => outcome.state === "refused");
  if (refused)
    return { state: "failed", reason: "Stalled", params: { ...refused.problem.params, code: refused.problem.code } };
  const waiting = outcomes.find((outcome) => outcome.state === "waiting");
  const complete = outcomes.length >= steps && !waiting;
  // What is wrong with what is being replaced does not stop what replaces it. A commit that is not to be had, itself
  // or its image, does, however far its row has come.
  const reached =
    (outcomes.length >= steps && !(waiting?.state === "waiting" && waiting.replacing)) ||
    stopped?.subject.startsWith("commit/") === true;
  if (stopped && reached)
    return { state: "failed", reason: "Stalled", params: { ...stopped.params, code: stopped.code } };
  if (waiting) return { state: "waiting", reason: waiting.reason, params: known(waiting.params ?? {}) };
  if (outcomes.length === 0) return { state: "pending", reason: PENDING[stage], params: {} };
  if (!complete) return { state: stage === "rollout" ? "pending" : "waiting", reason: PARTLY[stage], params: {} };
  const told = outcomes.flatMap((each) => (isTold(each) ? [each] : [])).at(-1);
  const skipped = outcomes.every(({ state }) => state === "skipped");
  return { state: skipped ? "skipped" : "done", reason: told?.reason ?? "Done", params: known(told?.params ?? {}) };
}

function isTold(outcome: Outcome): outcome is Exclude<Outcome, { state: "refused" }> & Reasoned {
  return outcome.state !== "refused" && outcome.reason !== undefined;
}
