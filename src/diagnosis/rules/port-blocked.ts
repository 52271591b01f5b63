import type { ProbeResult } from "../../project/ports/probes.ts";
import type { Rule } from "../rule.ts";

/**
 * From outside, TCP is never answered; from inside it is. A timeout is a firewall's silence: a port that nobody
 * listens on would refuse. The look from inside passes behind the firewall that blocks everyone else.
 */
export const portBlocked: Rule = {
  code: "port-blocked",
  severity: "fail",
  needs: ["probes"],
  remedies: ["check-again"],
  check({ environment: { environment, probes, cloud } }) {
    const inside = probes.find(({ from }) => from === "inside");
    const blocked = probes.filter(({ from, outcome }) => from !== "inside" && outcome.state === "tcp-timeout");
    const open = probes.some(({ from, outcome }) => from !== "inside" && reachedPort(outcome));
    const [first] = blocked;
    if (!first || open || !inside || !reachedPort(inside.outcome)) return [];
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

function reachedPort(outcome: ProbeResult["outcome"]): boolean {
  return ["answered", "tcp-refused", "tls-failed", "http-failed", "http-timeout"].includes(outcome.state);
}
