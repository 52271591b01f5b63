import { ingressOf } from "../project/ingress-of.ts";
import type { Outcome } from "../project/outcome.ts";
import type { ProbeResult } from "../project/ports/probes.ts";
import { urlOf } from "../project/url-of.ts";
import type { Step } from "./step.ts";

/** How long a vantage that cannot be asked is waited for, before the launch ends without its word. */
const PATIENCE_MS = 60_000;

/** The URL answers: from inside, and from every outside vantage that there is. */
export const reachable: Step = {
  name: "reachable",
  stage: "reachable",
  after: ["certificate"],

  async ensure({ project, snapshot, settings }) {
    const begun = project.status.stages.find(({ stage }) => stage === "reachable")?.startedAt;
    const patient = begun === undefined || snapshot.at.getTime() - Date.parse(begun) < PATIENCE_MS;
    let answer: Outcome = { state: "waiting", reason: "ReachableAwaited" };
    for (const at of snapshot.environments) {
      const until = new Date(snapshot.at.getTime() + 2_000);
      if (at.probes.length === 0) return { state: "waiting", reason: "ReachableAwaited", until };
      const lacking = at.probes.find((result) => !served(result) && result.outcome.state !== "unknown");
      if (lacking)
        return {
          state: "waiting",
          reason: "ReachableTrying",
          params: { detail: detailOf(lacking), from: lacking.from },
          until,
        };
      const mute = at.probes.find(({ outcome }) => outcome.state === "unknown");
      if (mute && patient)
        return {
          state: "waiting",
          reason: "ReachableTrying",
          params: { detail: detailOf(mute), from: mute.from },
          until,
        };
      const outside = at.probes.find((result) => result.from !== "inside" && served(result));
      const shown = outside ?? at.probes.find(served);
      if (shown?.outcome.state !== "answered")
        return {
          state: "waiting",
          reason: "ReachableTrying",
          params: { detail: "no vantage answered", from: "" },
          until,
        };
      answer = outside
        ? { state: "done", reason: "ReachableOutside", params: { status: shown.outcome.status, vantage: outside.from } }
        : { state: "done", reason: "ReachableInside", params: { status: shown.outcome.status } };
    }
    const [first] = snapshot.environments;
    const url =
      first &&
      urlOf(
        first.environment.host,
        (ingressOf(first.ingresses, first.environment.host)?.spec.tls.length ?? 0) > 0,
        settings,
      );
    return answer.state === "done" && url !== undefined ? { ...answer, facts: { url } } : answer;
  },
};

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
