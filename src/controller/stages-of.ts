import type { Finding } from "../project/finding.ts";
import type { Outcome } from "../project/outcome.ts";
import type { StageStatus } from "../project/project.ts";
import { STAGES, type Stage } from "../project/stage.ts";
import type { Acted } from "./act.ts";

/** What a row says before its first step is reached. */
const PENDING: Record<Stage, string> = {
  repository: "Pending",
  cluster: "Pending",
  build: "Pending",
  rollout: "RolloutWaitsForImage",
  ingress: "IngressAwaited",
  certificate: "CertificateAwaited",
  reachable: "ReachableAwaited",
};

/** What it says while some of its steps are done and others wait for another stage. */
const PARTLY: Record<Stage, string> = { ...PENDING, repository: "RepositoryCreating", cluster: "ClusterPreparing" };

/** A stage is as far as its least advanced step. Times are kept from before and set when a state is first seen. */
export function stagesOf(
  acted: Acted,
  before: StageStatus[],
  stepsOf: (stage: Stage) => number,
  at: Date,
): StageStatus[] {
  return STAGES.map((stage) => {
    const outcomes = acted.outcomes.filter(({ step }) => step.stage === stage).map(({ outcome }) => outcome);
    const now = judge(stage, outcomes, outcomes.length === stepsOf(stage));
    const was = before.find((each) => each.stage === stage);
    // Tried again it begins again: the time that somebody took to press Retry is not the build's.
    const again = was?.state === "failed" && now.state !== "failed";
    const begun = now.state === "pending" ? undefined : ((again ? undefined : was?.startedAt) ?? at.toISOString());
    const ended = now.state === "done" || now.state === "skipped" ? (was?.finishedAt ?? at.toISOString()) : undefined;
    return { stage, ...now, ...(begun ? { startedAt: begun } : {}), ...(ended ? { finishedAt: ended } : {}) };
  });
}

/** The finding that stops a pass, if one does. */
export function stalledBy(acted: Acted): Finding | undefined {
  for (const { outcome } of acted.outcomes) if (outcome.state === "stalled") return outcome.finding;
  return undefined;
}

function judge(stage: Stage, outcomes: Outcome[], complete: boolean): Pick<StageStatus, "state" | "reason" | "params"> {
  for (const outcome of outcomes)
    if (outcome.state === "stalled")
      return { state: "failed", reason: "Stalled", params: { ...outcome.finding.params, code: outcome.finding.code } };
  for (const outcome of outcomes)
    if (outcome.state === "waiting") return { state: "waiting", reason: outcome.reason, params: outcome.params ?? {} };
  if (outcomes.length === 0) return { state: "pending", reason: PENDING[stage], params: {} };
  if (!complete) return { state: stage === "rollout" ? "pending" : "waiting", reason: PARTLY[stage], params: {} };
  const told = outcomes.flatMap((each) => (each.state === "stalled" || each.reason === undefined ? [] : [each])).at(-1);
  const skipped = outcomes.every(({ state }) => state === "skipped");
  return { state: skipped ? "skipped" : "done", reason: told?.reason ?? "Done", params: told?.params ?? {} };
}
