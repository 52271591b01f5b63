import type { ProbeResult } from "../../project/ports/probes.ts";
import type { Rule } from "../rule.ts";

/**
 * From outside, TCP is never answered; from inside it is. A timeout is a firewall's silence: a port that nobody
 * listens on would refuse. The look from inside passes behind the firewall that blocks everyone else.
 */
export const portBlocked: Rule = {
  code: "port-blocked",
  scope: "environment",
  severity: "fail",
  stage: "reachable",
  needs: ["probes"],
  remedies: ["check-again"],
  blind({ here: { probes } }) {
    if (probes.length === 0) return "there is no route to look at";
    const outside = probes.filter(({ from }) => from !== "inside");
    const mute = outside.find(({ outcome }) => outcome.state === "unknown");
    return mute && outside.every(({ outcome }) => outcome.state === "unknown") ? detailOf(mute) : undefined;
  },
  check({ here: { environment, probes, cloud } }) {
    const inside = probes.find(({ from }) => from === "inside");
    const blocked = probes.filter(({ from, outcome }) => from !== "inside" && outcome.state === "tcp-timeout");
    // A refusal comes from the machine itself: what refuses one vantage is not blocked for it.
    const open = probes.some(
      ({ from, outcome }) => from !== "inside" && (connected(outcome) || outcome.state === "tcp-refused"),
    );
    const [first] = blocked;
    if (!first || open || !inside || !connected(inside.outcome)) return [];
    const { address, host, port } = first.target;
    return [
      {
        subject: `environment/${environment.name}/port/${port}`,
        evidence: `connect ${address ?? host}:${port}: timed out from ${first.from}; inside it answers`,
        seenFrom: `outside:${first.from}`,
        params: { host, port, address: address ?? host, vantage: first.from, cloud },
      },
    ];
  },
};

/** Somebody listens, whatever is said then. */
function connected(outcome: ProbeResult["outcome"]): boolean {
  return ["answered", "tls-failed", "http-failed", "http-timeout"].includes(outcome.state);
}

function detailOf({ from, outcome }: ProbeResult): string {
  return `${from}: ${outcome.state === "unknown" ? outcome.detail : outcome.state}`;
}
