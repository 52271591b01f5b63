import type { ProbeResult, Vantage } from "../../../src/project/ports/probes.ts";
import type { Site, SiteLook, Sites } from "../../../src/project/ports/sites.ts";

/** As the real ones look again at what has just begun to say something else. */
const QUICK_MS = 2_500;

/** Sites whose looks say at once what the outcomes are: by vantage, or by vantage and host (`inside rrr.example.com`). */
export function createMemorySites(given: {
  vantages: readonly Pick<Vantage, "name">[];
  outcomes: Record<string, ProbeResult["outcome"]>;
  /** What a random host gets; asked where the answer is a 404. */
  control: () => ProbeResult["outcome"] | undefined;
  clock: { now(): Date };
}): Sites {
  const { vantages, outcomes, clock } = given;
  const projects = new Map<string, readonly Site[]>();
  /** Since when each look has said the same. */
  const since = new Map<string, { said: string; at: Date }>();

  function resultOf(from: string, { host, url, address = "203.0.113.7" }: Site): ProbeResult {
    const { protocol, port, pathname } = new URL(url);
    const tls = protocol === "https:";
    const outcome = outcomes[`${from} ${host}`] ?? outcomes[from];
    if (!outcome) throw new Error(`no outcome from ${from}`);
    const target = { host, address, port: Number(port) || (tls ? 443 : 80), path: pathname, tls };
    return { from, target, at: clock.now(), outcome };
  }

  function lookFrom(from: string, project: string, site: Site): SiteLook {
    const result = resultOf(from, site);
    const key = `${project} ${site.environment} ${site.url} ${from}`;
    const said = JSON.stringify(result.outcome);
    const before = since.get(key);
    const begun = before?.said === said ? before.at : clock.now();
    since.set(key, { said, at: begun });
    const times = 1 + Math.floor((clock.now().getTime() - begun.getTime()) / QUICK_MS);
    return { ...result, times, since: begun, goodUntil: new Date(clock.now().getTime() + 45_000) };
  }

  function seenOf(project: string, site: Site) {
    const from = vantages.map(({ name }) => name);
    const looks = from.map((each) => lookFrom(each, project, site));
    const outcome = looks.some((each) => each.outcome.state === "answered" && each.outcome.status === 404)
      ? given.control()
      : undefined;
    const control = outcome &&
      looks[0] && { ...looks[0], target: { ...looks[0].target, host: "slipway-0.invalid" }, outcome };
    return { site, from, looks, ...(control ? { control } : {}) };
  }

  return {
    watch(project, sites) {
      if (sites.length === 0) projects.delete(project);
      else projects.set(project, sites);
    },
    seen(project, environment) {
      const site = projects.get(project)?.find((each) => each.environment === environment);
      return site && seenOf(project, site);
    },
    soon() {},
    renew() {},
    look: async (project, site) => seenOf(project, site),
    stop: () => projects.clear(),
  };
}
