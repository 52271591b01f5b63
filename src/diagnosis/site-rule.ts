import type { Params } from "../project/params.ts";
import type { Look } from "../project/ports/sites.ts";
import type { Why } from "../project/why.ts";
import type { Confirm, EnvironmentRule, SeenEnvironment } from "./rule.ts";

/**
 * A rule of why people do not get to an application. Two looks that agree are the least for each. While nobody could look,
 * or one look alone says something else, what it had found there stays as it was.
 */
export function siteRule(given: {
  why: Why;
  /** Longer than for two looks to agree. */
  confirm?: Confirm;
  /** One host at one port, rather than a host. */
  ofPort?: boolean;
  /** Told as unknown also where nothing had been found: people ask for this one by name. */
  askedFor?: boolean;
  /** Why it is not judged yet. */
  waits?(seen: SeenEnvironment): string | undefined;
  params(look: Look, seen: SeenEnvironment): Params;
}): EnvironmentRule {
  const { why, confirm, ofPort, askedFor } = given;
  return {
    code: why,
    scope: "environment",
    severity: "fail",
    stage: "reachable",
    needs: ["answer"],
    remedies: ["check-again"],
    ...(confirm ? { confirm } : {}),
    blind(seen) {
      const reason = unjudged(seen) ?? given.waits?.(seen);
      return reason !== undefined && (askedFor || openIn(seen, why)) ? reason : undefined;
    },
    check(seen) {
      const { answer, environment } = seen.here;
      if (answer.state !== "unreachable" || answer.why !== why || !answer.confirmed) return [];
      if (given.waits?.(seen) !== undefined) return [];
      const { look, evidence } = answer;
      const { host, port } = look.target;
      return [
        {
          subject: `environment/${environment.name}/${ofPort ? `port/${port}` : `host/${environment.host}`}`,
          evidence,
          seenFrom: look.from === "inside" ? "inside" : `outside:${look.from}`,
          params: { host, port, environment: environment.name, vantage: look.from, ...given.params(look, seen) },
          since: look.since,
          seenAt: look.at,
        },
      ];
    },
  };
}

function unjudged(seen: SeenEnvironment): string | undefined {
  const { answer, site } = seen.here;
  switch (answer.state) {
    case "unseen":
      return site ? "nobody has looked at it yet" : "there is no route to look at";
    case "unknown":
      return answer.reason;
    case "unreachable":
      return answer.confirmed ? undefined : "only one look has said so yet";
    case "reachable":
      return answer.outside ? undefined : answer.blind;
  }
}

/** What was found from inside is over once inside all is well, whoever is outside. */
function openIn({ project, here }: SeenEnvironment, why: Why): boolean {
  return project.status.findings.some(
    ({ code, environment = here.environment.name, recoveredAt, seenFrom }) =>
      code === why &&
      environment === here.environment.name &&
      recoveredAt === undefined &&
      !(seenFrom === "inside" && here.answer.state === "reachable"),
  );
}
