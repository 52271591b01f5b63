import { type Answer, answerOf } from "../facts/answer.ts";
import { readingOf } from "../facts/reading-of.ts";
import { routeOf } from "../facts/route.ts";
import { workloadsApplied } from "../facts/workloads-applied.ts";
import { goesTo } from "../project/goes-to.ts";
import type { Outcome } from "../project/outcome.ts";
import type { SiteSeen } from "../project/ports/sites.ts";
import { paramsOfUnread, type Unread } from "../project/unread.ts";
import { urlOf } from "../project/url-of.ts";
import { sourceNameOf } from "./git-repository-of.ts";
import type { EnvironmentContext, Step } from "./step.ts";

/** How long a vantage that cannot be asked is waited for, before the launch ends without its word. */
const PATIENCE_MS = 60_000;

/** Traefik takes up what has changed every two seconds. https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-ingress/ (providersThrottleDuration) */
const TAKEN_UP_MS = 3_000;

type Answered = Extract<Answer, { state: "reachable" }>;

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
      return { state: "waiting", reason: "ReachableUnseen" };
    case "unknown":
      return { state: "waiting", reason: "ReachableTrying", params: paramsOfUnread(answer.reason) };
    case "unreachable":
      return { state: "waiting", reason: "ReachableTrying", params: { why: answer.why, from: answer.from } };
    case "reachable": {
      const since = outdatedBy(answer, context);
      if (since !== undefined) return lookingAgain(since, context);
      const { status, from, blind } = answer;
      if (answer.outside) return { state: "done", reason: "ReachableOutside", params: { status, vantage: from } };
      const until = patienceOf(context);
      if (blind !== undefined && until > context.facts.at)
        return {
          state: "waiting",
          reason: "ReachableOutsideAwaited",
          params: { status, ...paramsOfUnread(blind) },
          until,
        };
      return { state: "done", reason: "ReachableInside", params: { status } };
    }
  }
}

/**
 * Nobody waits for the next turn: what answers now is what is asked for. Where looks are counted, that is once; one that
 * cannot look is waited for where nobody else was answered since.
 */
function lookingAgain(since: Date, context: EnvironmentContext): Outcome {
  const { project, ports, facts, here } = context;
  const { name } = project.metadata;
  ports.sites.soon(name);
  ports.sites.renew(name, here.environment.name, since);
  const unheard = here.site?.looks.find((look) => look.unheard !== undefined && look.at <= since);
  if (!here.site || !unheard) {
    // A pod that starts anew in a quiet hour is nobody's wait: the next turn will do.
    const until = isAwaited(project) ? { until: new Date(facts.at.getTime() + 1_000) } : {};
    return { state: "waiting", reason: "ReachableUnseen", ...until };
  }
  const blind: Unread = { because: "Said", from: unheard.from, detail: unheard.unheard ?? "" };
  const looks = here.site.looks.filter(({ at }) => at > since);
  const answer = answerOf({ ...here.site, looks }, facts.at);
  return answer.state === "reachable"
    ? outcomeOf({ ...answer, blind }, context)
    : { state: "waiting", reason: "ReachableRenewed", params: paramsOfUnread(blind) };
}

function isAwaited({ status }: EnvironmentContext["project"]): boolean {
  return status.phase === "Launching" || status.deploys.some(({ state }) => state === "running");
}

/** What was rolled out since it was answered; undefined: nothing. */
function outdatedBy(answer: Answered, context: EnvironmentContext): Date | undefined {
  // What answered before the newest pod was ready may be the pod before it.
  const ready = newestReady(context);
  const applied = appliedAt(context);
  const unserved = applied && context.here.site && !servedSince(context.here.site, applied) ? applied : undefined;
  const times = [...(answer.at <= ready ? [ready] : []), ...(unserved ? [unserved] : [])];
  return times.toSorted((a, b) => b.getTime() - a.getTime())[0];
}

/**
 * A deploy that changes no pod, but a Service or an Ingress, is made out by no pod's time: whoever was answered before it was
 * seen applied was answered by what stood before.
 */
function appliedAt({ project, here, status, facts }: EnvironmentContext): Date | undefined {
  const { name } = here.environment;
  const deploy = project.status.deploys.findLast((each) => each.sha === status.released && goesTo(name, each));
  if (project.status.phase !== "Live" || deploy?.state !== "running") return undefined;
  const row = deploy.stages.find((each) => each.stage === "rollout" && (each.environment ?? name) === name);
  const seenAt = row?.finishedAt === undefined ? facts.at.getTime() : Date.parse(row.finishedAt);
  const changed = status.released !== undefined && status.source === sourceNameOf(project, status.released);
  return new Date(seenAt + (changed ? TAKEN_UP_MS : 0));
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

/** Whether anybody who looked after `at` was answered by the application. */
function servedSince(seen: SiteSeen, at: Date): boolean {
  return seen.looks.some((look) => look.at > at && readingOf(look, seen).kind === "served");
}
