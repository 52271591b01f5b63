import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLease } from "../../src/cluster/create-lease.ts";
import { createRequest } from "../../src/cluster/request.ts";
import { createLeadership, type Leadership, type Term } from "../../src/controller/leadership.ts";
import { type Server, soon, startServer } from "../cluster-client/start-server.ts";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
/** As in production, but fifteen times as fast; a Lease counts in whole seconds. */
const PACE = { leaseMs: 1_000, renewMs: 666, retryMs: 100 };
const SKEW_MS = 3_600_000;
const CLOCK = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, undefined, { signal }).catch(() => {}),
};

let server: Server;
const running: Candidate[] = [];
beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.die()));
  await server.close();
});

interface Candidate {
  name: string;
  leadership: Leadership;
  /** Since it began to lead, and until it was told to stop. */
  terms: { from: number; to: number | undefined; term: Term | undefined }[];
  leads(): boolean;
  /** As of SIGKILL: asks and writes nothing more. */
  die(): Promise<void>;
}

function candidate(name: string, skewMs = 0, after: Promise<unknown> = Promise.resolve()): Candidate {
  const real = createLease(createRequest(server.connection()), { namespace: "slipway-system", name: "slipway" }, 300);
  let dead = false;
  const never = () => new Promise<never>(() => {});
  const terms: Candidate["terms"] = [];
  const leadership = createLeadership({
    lease: {
      read: () => (dead ? never() : real.read()),
      write: (record, version) => (dead ? never() : real.write(record, version)),
    },
    identity: name,
    after,
    lead: () => {
      const mine: Candidate["terms"][number] = { from: performance.now(), to: undefined, term: leadership.term() };
      terms.push(mine);
      return () => {
        mine.to = performance.now();
      };
    },
    clock: { ...CLOCK, now: () => new Date(Date.now() + skewMs) },
    log: quiet,
    pace: PACE,
  });
  const made: Candidate = {
    name,
    leadership,
    terms,
    leads: () => leadership.term() !== undefined,
    die: async () => {
      dead = true;
      await Promise.race([leadership.stop(), sleep(0)]);
    },
  };
  running.push(made);
  return made;
}

async function pair(skewMs?: number) {
  const first = candidate("first");
  await soon(first.leads);
  const second = candidate("second", skewMs);
  await soon(async () => (await asksOf("GET")) >= 4);
  return { first, second };
}

const asksOf = async (method: string) =>
  server.calls.filter((call) => call.path.includes("/leases") && call.method === method).length;
const lease = () =>
  server.store.get({
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    namespace: "slipway-system",
    name: "slipway",
  });

describe("of several replicas", () => {
  it("one leads at once where it is alone, and goes on longer than a lease lasts", async () => {
    const began = performance.now();
    const only = candidate("only");
    await soon(only.leads, 1_000);
    expect(performance.now() - began).toBeLessThan(1_000);
    await soon(async () => (await asksOf("PUT")) >= 12);
    expect(only.terms).toHaveLength(1);
    expect(lease()).toMatchObject({ spec: { holderIdentity: "only", leaseDurationSeconds: 1, leaseTransitions: 0 } });
  });

  it("one that does not see everything yet leaves the lease alone, and may end", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const early = candidate("early", 0, promise);
    await candidate("never", 0, new Promise(() => {})).leadership.stop();
    await sleep(3 * PACE.retryMs);
    expect(await asksOf("GET")).toBe(0);
    resolve();
    await soon(early.leads);
  });

  it("one leads in a term that holds from the first: what it begins with is done", async () => {
    const only = candidate("only");
    await soon(only.leads);
    expect(only.terms.map(({ term }) => term?.holds())).toEqual([true]);
  });

  it("one leads and the other stands by", async () => {
    const { first, second } = await pair();
    expect(first.leads()).toBe(true);
    expect(second.terms).toEqual([]);
    expect(second.leadership.problem()).toBeUndefined();
  });

  it("the other leads once one is dead, not before its lease is over and not much after", async () => {
    const { first, second } = await pair();
    const died = performance.now();
    void first.die();
    await soon(second.leads);
    const waited = performance.now() - died;
    expect(waited).toBeGreaterThan(PACE.leaseMs - 2 * PACE.retryMs);
    expect(waited).toBeLessThan(PACE.leaseMs + 3 * PACE.retryMs);
    expect(lease()).toMatchObject({ spec: { holderIdentity: "second", leaseTransitions: 1 } });
  });

  it("the other leads at its next look where one lets go", async () => {
    const { first, second } = await pair();
    const began = performance.now();
    await first.leadership.stop();
    await soon(second.leads);
    expect(performance.now() - began).toBeLessThan(PACE.leaseMs / 2);
    expect(first.terms[0]?.to).toBeLessThan(second.terms[0]?.from ?? 0);
  });

  it("none minds clocks that are an hour apart, whichever way", async () => {
    for (const skew of [SKEW_MS, -SKEW_MS]) {
      const { first, second } = await pair(skew);
      await soon(async () => (await asksOf("GET")) >= 12);
      expect([first.terms.length, second.terms.length]).toEqual([1, 0]);
      await Promise.all([first.leadership.stop(), second.leadership.stop()]);
      server.calls.length = 0;
    }
  });

  it("two that start at the same moment are one leader", async () => {
    const both = [candidate("left"), candidate("right")];
    await soon(() => both.some((each) => each.leads()));
    await soon(async () => (await asksOf("GET")) >= 6);
    expect(both.filter((each) => each.leads())).toHaveLength(1);
    expect(both.map(({ leadership }) => leadership.problem())).toEqual([undefined, undefined]);
  });
});

describe("a leader that cannot begin", () => {
  it("one that leads says since when it is not answered, and once it is again", async () => {
    const real = createLease(createRequest(server.connection()), { namespace: "slipway-system", name: "slipway" }, 300);
    let away = false;
    const told: (Date | undefined)[] = [];
    const leadership = createLeadership({
      lease: { ...real, write: (...args) => (away ? Promise.reject(new Error("no answer")) : real.write(...args)) },
      identity: "only",
      after: Promise.resolve(),
      lead: () => () => {},
      unanswered: (since) => told.push(since),
      clock: CLOCK,
      log: quiet,
      pace: PACE,
    });
    await soon(() => leadership.term() !== undefined);
    expect(told.every((since) => since === undefined)).toBe(true);
    away = true;
    const began = Date.now();
    await soon(() => told.at(-1) !== undefined);
    expect(told.at(-1)?.getTime()).toBeGreaterThanOrEqual(began - 1);
    away = false;
    await soon(() => told.at(-1) === undefined);
    await leadership.stop();
  });

  it("does not lead, and tries again", async () => {
    let tries = 0;
    const leadership = createLeadership({
      lease: createLease(createRequest(server.connection()), { namespace: "slipway-system", name: "slipway" }, 300),
      identity: "clumsy",
      after: Promise.resolve(),
      lead: () => {
        tries += 1;
        if (tries === 1) throw new Error("not today");
        return () => {};
      },
      clock: CLOCK,
      log: quiet,
      pace: PACE,
    });
    await soon(() => tries === 1);
    expect(leadership.term()).toBeUndefined();
    await soon(() => leadership.term() !== undefined);
    expect(tries).toBe(2);
    await leadership.stop();
  });
});

describe("a leader that the API server no longer answers", () => {
  it("stands down before anybody else may lead, says why, and leads again when it is back", async () => {
    const { first, second } = await pair();
    await server.away();
    const away = performance.now();
    await soon(() => first.terms[0]?.to !== undefined);
    expect((first.terms[0]?.to ?? 0) - away).toBeLessThan(PACE.renewMs + 50);
    expect(first.leadership.problem()).toMatch(/^leader election: /);
    await server.back();
    await soon(() => first.leads() || second.leads());
    expect([first, second].filter((each) => each.leads())).toHaveLength(1);
  });

  it("acts no more when it wakes from a long sleep, before any timer of its own has run", async () => {
    const { first, second } = await pair();
    const [{ term } = { term: undefined }] = first.terms;
    expect(term?.holds()).toBe(true);
    // Nothing of this process runs meanwhile, as when a machine is frozen.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PACE.renewMs + 10);
    expect(term?.holds()).toBe(false);
    await soon(() => first.leads() || second.leads());
    expect(term?.holds()).toBe(false);
  });
});
