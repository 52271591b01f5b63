import { afterEach, describe, expect, it } from "vitest";
import { createSites } from "../../src/probes/create-sites.ts";
import type { ProbeResult, ProbeTarget, Vantage } from "../../src/project/ports/probes.ts";
import type { Sites } from "../../src/project/ports/sites.ts";
import { createManualClock } from "../builders/manual-clock.ts";
import { site } from "../builders/site.ts";

type Outcome = ProbeResult["outcome"];

const answered = (status = 200, given: Partial<Extract<Outcome, { state: "answered" }>> = {}): Outcome => ({
  state: "answered",
  status,
  body: "hello",
  milliseconds: 12,
  ...given,
});
const silent: Outcome = { state: "tcp-timeout" };
const mute: Outcome = { state: "unknown", detail: "503" };

const made: Sites[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.stop();
});

interface Asked extends ProbeTarget {
  from: string;
  /** Seconds since the beginning. */
  at: number;
}

/** Sites over vantages that answer as `outcomes` says, per vantage or per vantage and host. */
function world(outside: Record<string, { left?: () => number }> = {}) {
  const clock = createManualClock();
  const asked: Asked[] = [];
  const changes: string[] = [];
  const outcomes: Record<string, Outcome | (() => Promise<Outcome>)> = {};
  const vantage = (name: string, given: { left?: () => number } = {}): Vantage => ({
    name,
    side: name === "inside" ? "inside" : "outside",
    ...given,
    async probe(target) {
      const { hostname, port, pathname } = new URL(target.url);
      asked.push({ ...target, from: name, at: clock.monotonic() / 1000 });
      const outcome =
        outcomes[`${name} ${hostname}`] ?? outcomes[hostname.endsWith(".invalid") ? "control" : name] ?? answered();
      return {
        from: name,
        target: {
          host: hostname,
          address: target.address ?? "203.0.113.7",
          port: Number(port) || 443,
          path: pathname,
          tls: true,
        },
        at: clock.now(),
        outcome: typeof outcome === "function" ? await outcome() : outcome,
      };
    },
  });
  const sites = createSites({
    vantages: [vantage("inside"), ...Object.entries(outside).map(([name, given]) => vantage(name, given))],
    clock,
    onChange: (project) => void changes.push(project),
    random: () => 0.5,
  });
  made.push(sites);
  const hostOf = (project: string) => `${project}.example.com`;
  return {
    clock,
    sites,
    asked,
    changes,
    outcomes,
    watch: (project: string, given: Parameters<typeof site>[0] = {}) =>
      sites.watch(project, [site({ host: hostOf(project), url: `https://${hostOf(project)}`, ...given })]),
    times: (from: string, project = "rrr") =>
      asked.filter((each) => each.from === from && each.url === `https://${hostOf(project)}`).map(({ at }) => at),
    seen: (project = "rrr") => sites.seen(project, "production"),
    state: (from: string, project = "rrr") =>
      sites.seen(project, "production")?.looks.find((each) => each.from === from)?.outcome.state,
  };
}

describe("a live project's site", () => {
  it("is looked at from inside every 15 s and by agents every 30 s", async () => {
    const { watch, clock, times } = world({ berlin: {} });
    watch("rrr");
    await clock.advance(600_000);
    expect(times("inside").length).toBeGreaterThanOrEqual(40);
    expect(times("inside").length).toBeLessThanOrEqual(42);
    expect(times("berlin").length).toBeGreaterThanOrEqual(20);
    expect(times("berlin").length).toBeLessThanOrEqual(22);
  });

  it("is looked at inside at the Ingress's address, and outside where DNS leads", async () => {
    const { watch, clock, asked } = world({ berlin: {} });
    watch("rrr");
    await clock.advance(1_000);
    expect(asked).toMatchObject([
      { from: "inside", url: "https://rrr.example.com", address: "203.0.113.7" },
      { from: "berlin", url: "https://rrr.example.com" },
    ]);
    expect(asked[1]).not.toHaveProperty("address");
  });

  it("that is watched again as it was costs no look, and one that is not watched any more gets none", async () => {
    const { watch, clock, sites, times, seen } = world();
    watch("rrr");
    await clock.advance(1_000);
    for (let pass = 0; pass < 100; pass += 1) watch("rrr");
    await clock.advance(1_000);
    expect(times("inside")).toHaveLength(1);
    sites.watch("rrr", []);
    expect(seen()).toBeUndefined();
    await clock.advance(60_000);
    expect(times("inside")).toHaveLength(1);
    expect(clock.sleepers()).toBe(0);
  });

  it("at another address is another, and is looked at anew at once", async () => {
    const { watch, clock, seen, asked } = world();
    watch("rrr");
    await clock.advance(1_000);
    watch("rrr", { address: "203.0.113.9" });
    expect(seen()).toBeUndefined();
    await clock.advance(500);
    expect(asked.map(({ address }) => address)).toEqual(["203.0.113.7", "203.0.113.9"]);
    expect(seen()).toBeDefined();
  });

  it("is looked at by itself in each environment", async () => {
    const { sites, clock, asked } = world();
    sites.watch("rrr", [
      site({ url: "https://rrr.example.com" }),
      site({ environment: "staging", url: "https://rrr-staging.example.com" }),
    ]);
    await clock.advance(1_000);
    expect(asked.map(({ url }) => url).sort()).toEqual(["https://rrr-staging.example.com", "https://rrr.example.com"]);
    expect(sites.seen("rrr", "staging")?.looks).toHaveLength(1);
  });
});

describe("what is seen", () => {
  it("is told when it is seen first, and then when it means something else: once, and once more when it is sure", async () => {
    const { watch, clock, changes, outcomes, times, seen } = world({ berlin: {} });
    watch("rrr");
    await clock.advance(60_000);
    expect(changes).toEqual(["rrr", "rrr"]);
    outcomes.inside = answered(503);
    await clock.advance(17_000);
    expect(changes).toHaveLength(3);
    await clock.advance(2_000);
    expect(changes).toHaveLength(4);
    expect(seen()?.looks[0]).toMatchObject({ from: "inside", times: 2 });
    // The other vantage was asked as well, so that both sides are of now.
    const changed = times("inside").at(-2) ?? 0;
    expect(times("berlin").at(-1)).toBeCloseTo(changed + 2.5, 0);
    await clock.advance(300_000);
    expect(changes).toHaveLength(4);
  });

  it("is no news when only its duration, a number or an identifier in its body is another", async () => {
    const { watch, clock, changes, outcomes } = world();
    let request = 0;
    outcomes.inside = async () => {
      request += 1;
      return answered(503, {
        body: `upstream failed, request ${request}af${request}9 at 10:00:${request}`,
        milliseconds: request,
      });
    };
    watch("rrr");
    await clock.advance(600_000);
    expect(changes).toHaveLength(2);
  });

  it.each<[string, Outcome, Outcome]>([
    ["another status", answered(200), answered(500)],
    ["another end", answered(200), silent],
    ["another owner of the certificate", tls("rrr.example.com"), tls("TRAEFIK DEFAULT CERT")],
    [
      "the router's words in place of the application's",
      answered(404, { body: "No page" }),
      answered(404, { body: "404 page not found\n" }),
    ],
    [
      "another place that people are sent to",
      answered(302, { location: "https://a/" }),
      answered(302, { location: "https://b/" }),
    ],
  ])("is news when it is %s", async (_, before, after) => {
    const { watch, clock, changes, outcomes } = world();
    outcomes.inside = before;
    watch("rrr");
    await clock.advance(60_000);
    changes.length = 0;
    outcomes.inside = after;
    await clock.advance(60_000);
    expect(changes.length).toBeGreaterThan(0);
  });

  function tls(subject: string): Outcome {
    return { state: "tls-failed", reason: "untrusted", detail: "x", subject };
  }

  it("keeps since when, and how often in a row, it was so", async () => {
    const { watch, clock, seen } = world();
    watch("rrr");
    await clock.advance(1_000);
    const [first] = seen()?.looks ?? [];
    await clock.advance(45_000);
    expect(seen()?.looks).toMatchObject([{ since: first?.at, times: 4 }]);
    expect(seen()?.looks[0]?.at).not.toEqual(first?.at);
  });

  it("stays when a vantage says nothing for once, and ends when it says nothing for long", async () => {
    const { watch, clock, outcomes, state, changes } = world({ berlin: {} });
    watch("rrr");
    await clock.advance(60_000);
    changes.length = 0;
    outcomes.berlin = mute;
    await clock.advance(60_000);
    expect([state("berlin"), changes]).toEqual(["answered", []]);
    await clock.advance(60_000);
    expect([state("berlin"), changes]).toEqual(["unknown", ["rrr"]]);
  });

  it("is unknown, and nothing worse, where a vantage throws", async () => {
    const { watch, clock, outcomes, seen } = world();
    outcomes.inside = () => Promise.reject(new Error("socket hang up"));
    watch("rrr");
    await clock.advance(60_000);
    expect(seen()?.looks).toMatchObject([{ from: "inside", outcome: { state: "unknown", detail: "socket hang up" } }]);
  });

  it("of a site that flaps is not looked at ever faster", async () => {
    const { watch, clock, outcomes, times } = world();
    let up = false;
    outcomes.inside = async () => {
      up = !up;
      return answered(up ? 200 : 503);
    };
    watch("rrr");
    await clock.advance(600_000);
    // Every 15 s, a dozen besides, and one more each half minute.
    expect(times("inside").length).toBeLessThan(75);
  });
});

describe("a 404", () => {
  const notFound = answered(404, { body: "404 page not found\n" });
  const controls = (asked: Asked[]) => asked.filter(({ url }) => url.includes(".invalid"));

  it("has a random host asked at the same address, port and path, whatever its certificate, and again after a minute", async () => {
    const { watch, clock, outcomes, asked, seen } = world();
    outcomes.inside = notFound;
    outcomes.control = notFound;
    watch("rrr");
    await clock.advance(30_000);
    expect(controls(asked)).toMatchObject([
      { from: "inside", url: "https://slipway-80000000.invalid:443/", address: "203.0.113.7", anyCertificate: true },
    ]);
    expect(seen()?.control).toMatchObject({ outcome: { state: "answered", status: 404 } });
    await clock.advance(300_000);
    expect(controls(asked).length).toBeGreaterThanOrEqual(4);
    expect(controls(asked).length).toBeLessThanOrEqual(6);
  });

  it("is news when the random host gets something else than before", async () => {
    const { watch, clock, outcomes, changes } = world();
    outcomes.inside = notFound;
    outcomes.control = notFound;
    watch("rrr");
    await clock.advance(120_000);
    changes.length = 0;
    outcomes.control = answered(503);
    await clock.advance(90_000);
    expect(changes).toEqual(["rrr"]);
  });

  it("where any host leads to the application, or any other answer, has none asked", async () => {
    const { watch, clock, outcomes, asked } = world();
    outcomes.inside = notFound;
    watch("rrr", { anyHost: true });
    outcomes["inside www.example.com"] = answered(503);
    watch("www");
    await clock.advance(120_000);
    expect(controls(asked)).toEqual([]);
  });
});

describe("something that could matter", () => {
  it("has the site looked at now, once", async () => {
    const { watch, clock, sites, times } = world({ berlin: {} });
    watch("rrr");
    await clock.advance(5_000);
    for (let event = 0; event < 50; event += 1) sites.soon("rrr");
    await clock.advance(500);
    expect([times("inside").length, times("berlin").length]).toEqual([2, 2]);
    sites.soon("nobody");
  });

  it("that happens while somebody looks has it looked at once more afterwards", async () => {
    const { watch, clock, sites, times, outcomes } = world();
    outcomes.inside = async () => {
      await clock.sleep(5_000);
      return silent;
    };
    watch("rrr");
    await clock.advance(1_000);
    sites.soon("rrr");
    outcomes.inside = answered();
    await clock.advance(4_000 + 3_000);
    expect(times("inside").length).toBeGreaterThanOrEqual(2);
  });
});

describe("many projects", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

  /** The most looks that were begun within one second. */
  function densest(asked: Asked[]): number {
    return Math.max(...asked.map(({ at }) => asked.filter((each) => each.at >= at && each.at < at + 0.999).length));
  }

  it("get ten looks a second between them, and each as many as any other", async () => {
    const { watch, clock, asked, times } = world({ berlin: {} });
    const all = names(150);
    for (const name of all) watch(name);
    await clock.advance(300_000);
    expect(densest(asked)).toBeLessThanOrEqual(10);
    expect(asked.length).toBeGreaterThan(2_500);
    const inside = all.map((name) => times("inside", name).length);
    const berlin = all.map((name) => times("berlin", name).length);
    expect(Math.max(...inside) - Math.min(...inside)).toBeLessThanOrEqual(2);
    expect(Math.min(...inside)).toBeGreaterThanOrEqual(10);
    expect(Math.min(...berlin)).toBeGreaterThanOrEqual(5);
  });

  it("do not keep one of which something is heard waiting, nor do many of which much is heard starve the rest", async () => {
    const { watch, clock, sites, times } = world();
    const loud = names(100);
    for (const name of [...loud, "quiet", "news"]) watch(name);
    await clock.advance(60_000);
    const before = { news: times("inside", "news").length, quiet: times("inside", "quiet").length };
    sites.soon("news");
    await clock.advance(1_000);
    expect(times("inside", "news").length).toBe(before.news + 1);
    for (let second = 0; second < 120; second += 1) {
      for (const name of loud) sites.soon(name);
      await clock.advance(1_000);
    }
    expect(times("inside", "quiet").length).toBeGreaterThanOrEqual(before.quiet + 4);
  });

  it("that all wait for a time-out ask an agent for no more than eight at once, and do not hold up the looks from inside", async () => {
    const { watch, clock, outcomes, times } = world({ berlin: {} });
    let running = 0;
    let most = 0;
    outcomes.berlin = async () => {
      running += 1;
      most = Math.max(most, running);
      await clock.sleep(10_000);
      running -= 1;
      return silent;
    };
    const all = names(60);
    for (const name of all) watch(name);
    await clock.advance(120_000);
    expect(most).toBe(8);
    expect(Math.min(...all.map((name) => times("inside", name).length))).toBeGreaterThanOrEqual(6);
  });
});

describe("a look for who asks", () => {
  it("is from everywhere, now, and is remembered where the site is watched", async () => {
    const { watch, clock, sites, seen, changes } = world({ berlin: {}, globalping: { left: () => 250 } });
    watch("rrr");
    await clock.advance(60_000);
    changes.length = 0;
    const looked = await sites.look("rrr", site());
    expect(looked.looks.map(({ from }) => from)).toEqual(["inside", "berlin", "globalping"]);
    expect(seen()?.looks).toEqual(looked.looks);
    expect(changes).toEqual(["rrr"]);
  });

  it("at a site that nobody watches leaves nothing behind", async () => {
    const { clock, sites, seen, changes, asked } = world();
    expect(await sites.look("rrr", site())).toMatchObject({ looks: [{ from: "inside", times: 1 }] });
    await clock.advance(60_000);
    expect([seen(), changes, asked.length]).toEqual([undefined, [], 1]);
  });

  it("does not wait for a vantage that hangs", async () => {
    const { clock, sites, outcomes } = world({ berlin: {} });
    outcomes.berlin = () => new Promise(() => {});
    const looking = sites.look("rrr", site());
    await clock.advance(12_000);
    expect((await looking).looks).toMatchObject([
      { from: "inside", outcome: { state: "answered" } },
      { from: "berlin", outcome: { state: "unknown", detail: "no answer within 12 s" } },
    ]);
    expect(clock.sleepers()).toBe(0);
  });
});

describe("when it stops", () => {
  it("nothing is looked at, known or told any more, also not what was under way", async () => {
    const { watch, clock, sites, outcomes, seen, changes, asked } = world();
    outcomes.inside = async () => {
      await clock.sleep(5_000);
      return silent;
    };
    watch("rrr");
    await clock.advance(1_000);
    sites.stop();
    await clock.advance(60_000);
    expect([seen(), changes, asked.length, clock.sleepers()]).toEqual([undefined, [], 1, 0]);
  });

  it("is not begun again by a pass of the term that is over", async () => {
    const clock = createManualClock();
    let holds = true;
    const mayWrite = () => {
      if (!holds) throw new Error("another replica leads now");
    };
    const looks: string[] = [];
    const inside: Vantage = {
      name: "inside",
      side: "inside",
      probe: async ({ url }) => {
        looks.push(url);
        throw new Error("no matter");
      },
    };
    const sites = createSites({ vantages: [inside], clock, onChange: () => {}, fence: { here: () => mayWrite } });
    made.push(sites);
    sites.watch("rrr", [site()]);
    await clock.advance(1_000);
    holds = false;
    sites.stop();
    expect(() => sites.watch("rrr", [site()])).toThrow("another replica leads now");
    await clock.advance(60_000);
    expect(looks).toHaveLength(1);
    // That it is over may be said by anybody.
    sites.watch("rrr", []);
  });

  it("can begin anew", async () => {
    const { watch, clock, sites, seen } = world();
    watch("rrr");
    await clock.advance(1_000);
    sites.stop();
    watch("rrr");
    await clock.advance(1_000);
    expect(seen()?.looks).toMatchObject([{ times: 1 }]);
  });
});

describe("a vantage whose looks are counted", () => {
  const counted = (left = 250) => world({ globalping: { left: () => left } });

  it("looks once an hour at one of those at the same address and port", async () => {
    const { watch, clock, asked } = counted();
    for (let index = 0; index < 10; index += 1) watch(`p${index}`);
    watch("elsewhere", { address: "203.0.113.99" });
    await clock.advance(2 * 3_600_000);
    const looks = asked.filter(({ from }) => from === "globalping");
    expect(looks.filter(({ url }) => url.includes("elsewhere")).length).toBe(2);
    expect(looks).toHaveLength(4);
  }, 30_000);

  it("looks at a launch at once, and again when something else was seen of it", async () => {
    const { watch, clock, times, outcomes } = counted();
    watch("other");
    await clock.advance(10_000);
    watch("rrr", { doubt: true });
    await clock.advance(2_000);
    expect(times("globalping")).toHaveLength(1);
    await clock.advance(600_000);
    expect(times("globalping")).toHaveLength(1);
    outcomes["inside rrr.example.com"] = answered(503);
    await clock.advance(60_000);
    expect(times("globalping")).toHaveLength(1);
    outcomes["inside rrr.example.com"] = answered();
    await clock.advance(30_000);
    expect(times("globalping")).toHaveLength(2);
  });

  it("begins when there is a doubt about a site that is watched already", async () => {
    const { watch, clock, times } = counted();
    watch("other");
    await clock.advance(10_000);
    watch("rrr");
    await clock.advance(60_000);
    expect(times("globalping")).toHaveLength(0);
    watch("rrr", { doubt: true });
    await clock.advance(1_000);
    expect(times("globalping")).toHaveLength(1);
  });

  describe("where an answer newer than a rollout is waited for", () => {
    /** There is no way from inside to the public address, and it was answered at the launch. */
    async function rolledOut(left = 250) {
      const at = world({ globalping: { left: () => left } });
      at.outcomes.inside = silent;
      at.watch("rrr", { doubt: true });
      await at.clock.advance(120_000);
      expect(at.times("globalping")).toHaveLength(1);
      const since = at.clock.now();
      const wait = async (seconds: number) => {
        for (let second = 0; second < seconds; second += 1) {
          at.sites.renew("rrr", "production", since);
          await at.clock.advance(1_000);
        }
      };
      const own = () => at.seen()?.looks.find(({ from }) => from === "globalping");
      return { ...at, since, wait, own };
    }

    it("is asked once, at once, however often it is wanted", async () => {
      const { wait, times, own, since } = await rolledOut();
      await wait(3);
      expect(times("globalping")).toHaveLength(2);
      expect(own()?.at.getTime()).toBeGreaterThan(since.getTime());
      await wait(120);
      expect(times("globalping")).toHaveLength(2);
    });

    it("is asked when that has come, where it is not yet", async () => {
      const { sites, clock, times, since } = await rolledOut();
      const soon = new Date(since.getTime() + 3_000);
      for (let second = 0; second < 20; second += 1) {
        sites.renew("rrr", "production", soon);
        await clock.advance(1_000);
      }
      expect(times("globalping").map((at) => Math.floor(at))).toEqual([0, 123]);
    });

    it("is asked again for the next, and for pods that come and go not each time", async () => {
      const { sites, clock, times } = await rolledOut();
      for (let second = 0; second < 60; second += 1) {
        sites.renew("rrr", "production", clock.now());
        await clock.advance(1_000);
      }
      expect(times("globalping").length).toBeLessThanOrEqual(8);
      expect(times("globalping").length).toBeGreaterThan(4);
    });

    it("that has nothing left says so beside what it saw before, and is asked once it has", async () => {
      const { wait, outcomes, own, since, times } = await rolledOut();
      outcomes.globalping = { state: "unknown", detail: "used up; it looks again at 11:00 UTC" };
      await wait(5);
      expect(own()).toMatchObject({ outcome: { state: "answered" }, unheard: "used up; it looks again at 11:00 UTC" });
      expect(own()?.at.getTime()).toBeLessThan(since.getTime());
      outcomes.globalping = answered();
      await wait(60);
      expect(own()?.unheard).toBeUndefined();
      expect(own()?.at.getTime()).toBeGreaterThan(since.getTime());
      expect(times("globalping")).toHaveLength(3);
    });

    it("of an environment asks for that alone", async () => {
      const { sites, clock, asked } = world({ globalping: { left: () => 250 } });
      const of = (environment: string) => ({
        ...site({ environment, host: `${environment}.example.com`, url: `https://${environment}.example.com` }),
        doubt: true,
      });
      sites.watch("rrr", [of("production"), of("staging")]);
      await clock.advance(60_000);
      sites.renew("rrr", "staging", clock.now());
      await clock.advance(60_000);
      expect(
        asked.flatMap(({ from, url }) => (from === "globalping" ? [new URL(url).hostname] : [])).toSorted(),
      ).toEqual(["production.example.com", "staging.example.com", "staging.example.com"]);
    });

    it("where nobody waits is not asked", async () => {
      const { sites, clock, watch, times } = await rolledOut();
      watch("rrr");
      sites.renew("rrr", "production", clock.now());
      await clock.advance(60_000);
      expect(times("globalping")).toHaveLength(1);
    });
  });

  it.each<[string, Outcome, number]>([
    ["nobody listens", { state: "tcp-refused" }, 0],
    ["the router has no server", answered(503), 0],
    ["the certificate is the router's", { state: "tls-failed", reason: "default", detail: "x" }, 0],
    ["there is no way from inside", silent, 1],
    ["the issuer is not known inside", { state: "tls-failed", reason: "untrusted", detail: "x" }, 1],
    ["the application says 401", answered(401), 1],
  ])("where %s inside, looks at a launch so often", async (_, outcome, looks) => {
    const { watch, clock, times, outcomes } = counted();
    outcomes.inside = outcome;
    watch("rrr", { doubt: true });
    await clock.advance(60_000);
    expect(times("globalping")).toHaveLength(looks);
  });

  it("does not look where an agent sees the site, and gives a second opinion where that one is stopped", async () => {
    const { watch, clock, times, outcomes } = world({ berlin: {}, globalping: { left: () => 250 } });
    watch("rrr", { doubt: true });
    await clock.advance(600_000);
    expect(times("globalping")).toHaveLength(0);
    outcomes.berlin = silent;
    await clock.advance(60_000);
    expect(times("globalping")).toHaveLength(1);
  });

  it("that is stopped makes sure within seconds, then asks less and less often, until it gets through", async () => {
    const { watch, clock, times, outcomes, state } = counted();
    outcomes.globalping = silent;
    watch("rrr", { doubt: true });
    await clock.advance(3_600_000);
    const at = times("globalping");
    const pauses = at.slice(1).map((each, index) => Math.round(each - (at[index] ?? 0)));
    expect(pauses.slice(0, 6)).toEqual([3, 30, 60, 120, 240, 480]);
    expect(at.length).toBeLessThan(14);
    outcomes.globalping = answered();
    await clock.advance(620_000);
    expect(state("globalping")).toBe("answered");
  });

  it("that finds the way shut asks for the neighbours too, and for all of them when it is open again", async () => {
    const { watch, clock, outcomes, state, times } = counted();
    for (const name of ["a", "b", "c"]) watch(name);
    await clock.advance(60_000);
    outcomes.globalping = silent;
    await clock.advance(3_700_000);
    expect(["a", "b", "c"].map((name) => state("globalping", name))).toEqual([
      "tcp-timeout",
      "tcp-timeout",
      "tcp-timeout",
    ]);
    outcomes.globalping = answered();
    await clock.advance(620_000);
    expect(["a", "b", "c"].map((name) => state("globalping", name))).toEqual(["answered", "answered", "answered"]);
    const before = ["a", "b", "c"].flatMap((name) => times("globalping", name)).length;
    await clock.advance(1_800_000);
    expect(["a", "b", "c"].flatMap((name) => times("globalping", name)).length - before).toBeLessThanOrEqual(1);
  });

  it("keeps its last looks for launches and whoever asks", async () => {
    const { watch, clock, times } = counted(50);
    watch("rrr");
    await clock.advance(7_200_000);
    expect(times("globalping")).toHaveLength(0);
    watch("new", { doubt: true });
    await clock.advance(5_000);
    expect(times("globalping", "new")).toHaveLength(1);
  });

  it("that has nothing left says so, and is asked again after a while", async () => {
    const { watch, clock, outcomes, seen, state } = counted(0);
    outcomes.globalping = { state: "unknown", detail: "used up; it looks again at 11:00 UTC" };
    watch("rrr", { doubt: true });
    await clock.advance(5_000);
    expect(seen()?.looks).toMatchObject([
      { from: "inside" },
      { from: "globalping", outcome: { detail: "used up; it looks again at 11:00 UTC" } },
    ]);
    outcomes.globalping = answered();
    await clock.advance(70_000);
    expect(state("globalping")).toBe("answered");
  });
});
