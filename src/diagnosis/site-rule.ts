import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import type { Params } from "../project/params.ts";
import type { SiteLook } from "../project/ports/sites.ts";
import type { Why } from "../project/why.ts";
import type { Confirm, EnvironmentRule, SeenEnvironment } from "./rule.ts";

/** Of one name that the URL's answer has by itself, or of a cause of several, which it explains. */
type Named = { why: Why } | { code: string; explains: readonly Why[] };

/**
 * A rule of why people do not get to an application. Two looks that agree are the least for each. While nobody could look,
 * or one look alone says something else, what it had found there stays as it was.
 */
export function siteRule(
  given: Named & {
    /** Read beside what the URL answers. */
    needs?: readonly (keyof EnvironmentFacts)[];
    /** Longer than for two looks to agree. */
    confirm?: Confirm;
    /** One host at one port, rather than a host. */
    ofPort?: boolean;
    /** Told as unknown also where nothing had been found: people ask for this one by name. */
    askedFor?: boolean;
    /** Why it is not judged yet. */
    waits?(seen: SeenEnvironment): string | undefined;
    /** Undefined: this is not why. */
    params(look: SiteLook, seen: SeenEnvironment): Params | undefined;
  },
): EnvironmentRule {
  const { confirm, ofPort, askedFor, needs = [] } = given;
  const [code, whys] = "why" in given ? [given.why, [given.why]] : [given.code, given.explains];
  return {
    code,
    scope: "environment",
    severity: "fail",
    stage: "reachable",
    needs: ["answer", ...needs],
    remedies: ["check-again"],
    ...(confirm ? { confirm } : {}),
    ...("why" in given ? {} : { explains: given.explains }),
    blind(seen) {
      const reason = unjudged(seen) ?? given.waits?.(seen);
      return reason !== undefined && (askedFor || openIn(seen, code)) ? reason : undefined;
    },
    check(seen) {
      const { answer, environment } = seen.here;
      if (answer.state !== "unreachable" || !whys.includes(answer.why) || !answer.confirmed) return [];
      if (given.waits?.(seen) !== undefined) return [];
      const { look, evidence } = answer;
      const params = given.params(look, seen);
      if (params === undefined) return [];
      const { host, port } = look.target;
      return [
        {
          subject: `environment/${environment.name}/${ofPort ? `port/${port}` : `host/${environment.host}`}`,
          evidence,
          seenFrom: look.from === "inside" ? "inside" : `outside:${look.from}`,
          params: { host, port, environment: environment.name, vantage: look.from, ...params },
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
function openIn({ project, here }: SeenEnvironment, wanted: string): boolean {
  return project.status.findings.some(
    ({ code, environment = here.environment.name, recoveredAt, seenFrom }) =>
      code === wanted &&
      environment === here.environment.name &&
      recoveredAt === undefined &&
      !(seenFrom === "inside" && here.answer.state === "reachable"),
  );
}
