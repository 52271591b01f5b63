import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import type { FindingParams } from "../project/finding-params/index.ts";
import type { site } from "../project/finding-params/network.ts";
import type { SiteLook } from "../project/ports/sites.ts";
import type { Unread } from "../project/unread.ts";
import type { Why } from "../project/why.ts";
import type { Confirm, EnvironmentRule, SeenEnvironment } from "./rule.ts";

/** Of one name that the URL's answer has by itself, or of a cause of several, which it explains. */
type Named<Code extends SiteCode> = { why: Code & Why } | { code: Code; explains: readonly Why[] };

type SiteCode = Why | "service-port-undeclared";

/**
 * A rule of why people do not get to an application. Two looks that agree are the least for each. While nobody could look,
 * or one look alone says something else, what it had found there stays as it was.
 */
export function siteRule<Code extends SiteCode>(
  given: Named<Code> & {
    /** Read beside what the URL answers. */
    needs?: readonly (keyof EnvironmentFacts)[];
    /** Longer than for two looks to agree. */
    confirm?: Confirm;
    /** One host at one port, rather than a host. */
    ofPort?: boolean;
    /** Told as unknown also where nothing had been found: people ask for this one by name. */
    askedFor?: boolean;
    /** Why it is not judged yet. */
    waits?(seen: SeenEnvironment): Unread | undefined;
    /** Undefined: this is not why. */
    params(look: SiteLook, seen: SeenEnvironment): Omit<FindingParams[Code], keyof typeof site> | undefined;
  },
): EnvironmentRule<Code> {
  const { confirm, ofPort, askedFor, needs = [] } = given;
  const code: Code = "why" in given ? given.why : given.code;
  const whys: readonly Why[] = "why" in given ? [given.why] : given.explains;
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
          // Those of every site, and those of this one.
          params: { host, port, environment: environment.name, vantage: look.from, ...params } as FindingParams[Code],
          since: look.since,
          seenAt: look.at,
        },
      ];
    },
  };
}

function unjudged(seen: SeenEnvironment): Unread | undefined {
  const { answer, site } = seen.here;
  switch (answer.state) {
    case "unseen":
      return site ? { because: "LookPending" } : { because: "RouteMissing" };
    case "unknown":
      return answer.reason;
    case "unreachable":
      return answer.confirmed ? undefined : { because: "LookAlone" };
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
