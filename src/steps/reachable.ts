import { routeOf } from "../facts/route.ts";
import { workloadsApplied } from "../facts/workloads-applied.ts";
import type { Outcome } from "../project/outcome.ts";
import type { ProbeResult } from "../project/ports/probes.ts";
import { urlOf } from "../project/url-of.ts";
import type { EnvironmentContext, Step } from "./step.ts";

/** How long a vantage that cannot be asked is waited for, before the launch ends without its word. */
const PATIENCE_MS = 60_000;

/** The URL answers: from inside, and from every outside vantage that there is. */
export const reachable: Step = {
  name: "reachable",
  scope: "environment",
  stage: "reachable",
  after: ["certificate"],

  async ensure(context) {
    const { project, facts, settings, here } = context;
    // Asked for as it is: nobody answers, and nobody is waited for.
    const workloads = workloadsApplied(here);
    if (workloads.length > 0 && workloads.every(({ kind, wanted }) => kind === "Job" || wanted === 0))
      return { state: "skipped", reason: "ScaledToZero" };
    const begun = project.status.stages.find(
      ({ stage, environment }) =>
        stage === "reachable" && (environment ?? here.environment.name) === here.environment.name,
    )?.startedAt;
    const patient = begun === undefined || facts.at.getTime() - Date.parse(begun) < PATIENCE_MS;
    const answer = answerOf(here.probes, patient, new Date(facts.at.getTime() + 2_000));
    return answer.state === "done" ? { ...answer, learned: learnedOf(context, settings) } : answer;
  },
};

function answerOf(probes: ProbeResult[], patient: boolean, until: Date): Outcome {
  if (probes.length === 0) return { state: "waiting", reason: "ReachableAwaited", until };
  const trying = (detail: string, from: string): Outcome => ({
    state: "waiting",
    reason: "ReachableTrying",
    params: { detail, from },
    until,
  });
  const lacking = probes.find((result) => !served(result) && result.outcome.state !== "unknown");
  if (lacking) return trying(detailOf(lacking), lacking.from);
  const mute = probes.find(({ outcome }) => outcome.state === "unknown");
  if (mute && patient) return trying(detailOf(mute), mute.from);
  const outside = probes.find((result) => result.from !== "inside" && served(result));
  const shown = outside ?? probes.find(served);
  if (shown?.outcome.state !== "answered") return trying("no vantage answered", "");
  const { status } = shown.outcome;
  return outside
    ? { state: "done", reason: "ReachableOutside", params: { status, vantage: outside.from } }
    : { state: "done", reason: "ReachableInside", params: { status } };
}

function learnedOf({ project, here }: EnvironmentContext, settings: EnvironmentContext["settings"]) {
  const { host, name } = here.environment;
  const route = here.ingresses.known ? routeOf(here.ingresses.value, host) : undefined;
  const url = urlOf(host, route?.tls ?? false, settings);
  return { ...(project.spec.environments[0]?.name === name ? { url } : {}), environment: { url } };
}

/** By the application, whatever it says; a router's 404 or a gateway's 5xx is not it. */
function served({ outcome }: ProbeResult): boolean {
  if (outcome.state !== "answered") return false;
  if (outcome.status === 404) return !outcome.body.startsWith("404 page not found");
  return ![502, 503, 504].includes(outcome.status);
}

function detailOf({ outcome, target }: ProbeResult): string {
  switch (outcome.state) {
    case "answered":
      return `HTTP ${outcome.status}`;
    case "redirect-loop":
      return "it redirects without an end";
    case "dns-failed":
      return `no address for ${target.host}`;
    case "tcp-timeout":
      return `port ${target.port} timed out`;
    case "tcp-refused":
      return `port ${target.port} refused`;
    case "http-timeout":
      return "connected, but no answer";
    case "tls-failed":
      // A router shows a certificate of its own until it has taken up the right one.
      return outcome.subject === undefined || outcome.subject.includes(target.host)
        ? outcome.detail
        : `the certificate shown is of ${outcome.subject}`;
    case "tcp-unreachable":
    case "http-failed":
    case "unknown":
      return outcome.detail;
  }
}
