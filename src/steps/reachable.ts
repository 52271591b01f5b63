import type { Answer } from "../facts/answer.ts";
import { routeOf } from "../facts/route.ts";
import { workloadsApplied } from "../facts/workloads-applied.ts";
import type { Outcome } from "../project/outcome.ts";
import { urlOf } from "../project/url-of.ts";
import type { EnvironmentContext, Step } from "./step.ts";

/** How long a vantage that cannot be asked is waited for, before the launch ends without its word. */
const PATIENCE_MS = 60_000;

/** The URL answers, from outside where anybody looks from there. */
export const reachable: Step = {
  name: "reachable",
  scope: "environment",
  stage: "reachable",
  after: ["certificate"],

  async ensure(context) {
    const { here, settings } = context;
    // Asked for as it is: nobody answers, and nobody is waited for.
    const workloads = workloadsApplied(here);
    if (workloads.length > 0 && workloads.every(({ kind, wanted }) => kind === "Job" || wanted === 0))
      return { state: "skipped", reason: "ScaledToZero" };
    const outcome = outcomeOf(here.answer, context);
    return outcome.state === "done" ? { ...outcome, learned: learnedOf(context, settings) } : outcome;
  },
};

function outcomeOf(answer: Answer, context: EnvironmentContext): Outcome {
  switch (answer.state) {
    case "unseen":
      return { state: "waiting", reason: "ReachableAwaited" };
    case "unknown":
      return { state: "waiting", reason: "ReachableTrying", params: { detail: answer.reason } };
    case "unreachable":
      return { state: "waiting", reason: "ReachableTrying", params: { why: answer.why, from: answer.from } };
    case "reachable": {
      const { status, from, blind } = answer;
      // What answered before the newest pod was ready may be the pod before it.
      if (answer.at <= newestReady(context)) return { state: "waiting", reason: "ReachableAwaited" };
      if (answer.outside) return { state: "done", reason: "ReachableOutside", params: { status, vantage: from } };
      const until = patienceOf(context);
      if (blind !== undefined && until > context.facts.at)
        return { state: "waiting", reason: "ReachableOutsideAwaited", params: { status, detail: blind }, until };
      return { state: "done", reason: "ReachableInside", params: { status } };
    }
  }
}

/** To the second, as Kubernetes tells it. One that is later than now is of a clock that is ahead, and tells nothing. */
function newestReady({ here, facts }: EnvironmentContext): Date {
  const times = workloadsApplied(here)
    .flatMap(({ pods }) => pods)
    .flatMap(({ ready, conditions }) => (ready ? (conditions.Ready?.since ?? []) : []))
    .map((since) => since.getTime())
    .filter((at) => at < facts.at.getTime());
  return new Date(Math.max(0, ...times));
}

function patienceOf({ project, here, facts }: EnvironmentContext): Date {
  const row = project.status.stages.find(
    ({ stage, environment }) =>
      stage === "reachable" && (environment ?? here.environment.name) === here.environment.name,
  );
  const begun = row?.startedAt === undefined ? facts.at.getTime() : Date.parse(row.startedAt);
  return new Date(begun + PATIENCE_MS);
}

function learnedOf({ project, here }: EnvironmentContext, settings: EnvironmentContext["settings"]) {
  const { host, name } = here.environment;
  const route = here.ingresses.known ? routeOf(here.ingresses.value, host) : undefined;
  const url = urlOf(host, route?.tls ?? false, settings);
  return { ...(project.spec.environments[0]?.name === name ? { url } : {}), environment: { url } };
}
