import { isIP } from "node:net";
import { Globalping } from "globalping";
import { z } from "zod";
import type { ProbeResult, ProbeTarget, Vantage } from "../project/ports/probes.ts";
import { createBudget } from "./create-budget.ts";
import { globalpingOutcome, httpTest } from "./globalping-outcome.ts";
import { unknownResult } from "./unknown-result.ts";

type Client = Pick<Globalping<false>, "createMeasurement" | "awaitMeasurement" | "getLimits">;
type Request = Parameters<Client["createMeasurement"]>[0];

/** Tests an hour, by address without a token: https://globalping.io/docs/api.globalping.io#overview--limits */
const PER_HOUR = { anonymous: 250, token: 500 };
/** Where a refusal does not say when it ends. */
const REFUSED_MS = 300_000;

const accepted = z.object({ id: z.string() });
const measurement = z.object({ results: z.array(z.object({ result: z.unknown() })) });
/** One that failed has no stats. */
const pingTest = z.object({ status: z.string(), stats: z.object({ rcv: z.number().nullish() }).nullish() });
const limitsLeft = z.object({
  rateLimit: z.object({ measurements: z.object({ create: z.object({ remaining: z.number(), reset: z.number() }) }) }),
  credits: z.object({ remaining: z.number() }).nullish(),
});

/**
 * One of Globalping's probes, anywhere in the world. https://globalping.io/docs/api.globalping.io
 * Its probes take ten seconds at most (https://github.com/jsdelivr/globalping-probe/blob/master/src/command/http-test.ts),
 * so `timeoutMs` is not passed on.
 */
export function createGlobalpingVantage(
  options: { token?: string; clock?: { now(): Date }; client?: Client; perHour?: number } = {},
): Vantage {
  const clock = options.clock ?? { now: () => new Date() };
  const perHour = options.perHour ?? (options.token === undefined ? PER_HOUR.anonymous : PER_HOUR.token);
  const budget = createBudget({ perHour, clock });
  const client =
    options.client ??
    new Globalping({ ...(options.token === undefined ? {} : { auth: options.token }), userAgent: "slipway" });

  async function measure<T>(test: z.ZodType<T>, request: Request): Promise<{ refused: string } | { test: T }> {
    const until = budget.take();
    if (until) return { refused: usedUp(until) };
    const made = await client.createMeasurement({ ...request, locations: [{ magic: "world" }], limit: 1 });
    if (!made.ok && made.response.status === 429) {
      const end = endOf(made.response, clock.now());
      budget.close(end);
      return { refused: usedUp(end) };
    }
    if (!made.ok) return { refused: `Globalping answers ${made.response.status}` };
    const measured = await client.awaitMeasurement(parse(accepted, made.data).id);
    if (!measured.ok) return { refused: `Globalping answers ${measured.response.status}` };
    const [first] = parse(measurement, measured.data).results;
    return first ? { test: parse(test, first.result) } : { refused: "Globalping had no probe to spare" };
  }

  /** After ten silent seconds its HTTP test does not say which layer was silent; a TCP ping tells. */
  async function silentLayer(target: string, port: number): Promise<ProbeResult["outcome"]> {
    const measured = await measure(pingTest, {
      type: "ping",
      target,
      measurementOptions: { protocol: "TCP", port, packets: 2 },
    });
    if ("refused" in measured) return { state: "unknown", detail: measured.refused };
    const connects = (measured.test.stats?.rcv ?? 0) > 0;
    return { state: connects ? "http-timeout" : "tcp-timeout" };
  }

  async function look(target: ProbeTarget): Promise<ProbeResult> {
    const unknown = (detail: string) => unknownResult("globalping", target, clock.now(), detail);
    const { target: at } = unknown("");
    const to = target.address ?? at.host;
    const url = new URL(target.url);
    // What it tells is of some time after that: told later it would pass for an answer to what has been rolled out since.
    const asked = clock.now();
    const measured = await measure(httpTest, {
      type: "http",
      target: to,
      measurementOptions: {
        protocol: at.tls ? "HTTPS" : "HTTP",
        port: at.port,
        request: {
          method: "GET",
          path: url.pathname,
          query: url.search.slice(1),
          ...(to === at.host || isIP(at.host) ? {} : { host: at.host }),
        },
      },
    });
    if ("refused" in measured) return unknown(measured.refused);
    const { test } = measured;
    const outcome = globalpingOutcome(test, url, clock.now());
    const told = {
      ...at,
      ...(test.resolvedAddress ? { address: test.resolvedAddress } : {}),
    };
    const state = outcome.state === "http-timeout" ? await silentLayer(to, at.port) : outcome;
    return { from: "globalping", target: told, at: asked, outcome: state };
  }

  return {
    name: "globalping",
    side: "outside",
    left: budget.left,
    probe: (target) =>
      look(target).catch((error: unknown) =>
        unknownResult("globalping", target, clock.now(), error instanceof Error ? error.message : String(error)),
      ),
    async refusal() {
      try {
        const limits = await client.getLimits();
        if (!limits.ok) return `Globalping answers ${limits.response.status}`;
        const { rateLimit, credits: bought } = parse(limitsLeft, limits.data);
        const { remaining, reset } = rateLimit.measurements.create;
        const credits = bought?.remaining ?? 0;
        return remaining + credits > 0 ? undefined : `Globalping has no probes left for ${reset} s`;
      } catch (error) {
        return `Globalping: ${error instanceof Error ? error.message : String(error)}`;
      }
    },
  };
}

function usedUp(until: Date): string {
  return `Globalping's tests of this hour are used up; it looks again at ${until.toISOString().slice(11, 16)} UTC`;
}

/** Seconds: https://github.com/jsdelivr/globalping/blob/master/src/lib/rate-limiter/rate-limiter-post.ts */
function endOf(response: Response, now: Date): Date {
  const seconds = Number(response.headers.get("x-ratelimit-reset") ?? Number.NaN);
  return new Date(now.getTime() + (seconds > 0 ? seconds * 1000 : REFUSED_MS));
}

/** Its client takes whatever JSON comes for what was asked for, and a web page for text. */
function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new Error("Globalping answers something else", { cause: parsed.error });
  return parsed.data;
}
