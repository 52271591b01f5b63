import { z } from "zod";
import type { Vantage } from "../project/ports/probes.ts";
import { probeResult } from "./probe-result.ts";
import { unknownResult } from "./unknown-result.ts";

const Refused = z.object({ error: z.string() });

/** What the agent may take longer than the probe itself. */
const SPARE_MS = 5_000;

/** Asks a `slipway vantage` agent somewhere outside. */
export function createAgentVantage(options: {
  url: string;
  secret: string;
  name: string;
  clock?: { now(): Date };
}): Vantage {
  const clock = options.clock ?? { now: () => new Date() };
  const { name } = options;
  const ask = (body: unknown, timeoutMs: number) =>
    fetch(`${options.url}/probe`, {
      method: "POST",
      headers: { authorization: `Bearer ${options.secret}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs + SPARE_MS),
    });
  return {
    name,
    side: "outside",
    async probe(target) {
      const unknown = (detail: string) => unknownResult(name, target, clock.now(), detail);
      try {
        // Word for word what an agent of any version understands: it refuses what it does not know.
        const { url, address, timeoutMs } = target;
        const answer = await ask({ url, address, timeoutMs }, timeoutMs ?? 10_000);
        const text = (await answer.text()).slice(0, 20_000);
        // What an agent says of it; the page of something in between is for no person to read.
        const said = Refused.safeParse(json(text)).data?.error.slice(0, 300);
        if (!answer.ok) return unknown([`${name} answers ${answer.status}`, ...(said ? [said] : [])].join(": "));
        const result = probeResult.safeParse(json(text));
        if (!result.success) return unknown(`${name} answers something else`);
        return { ...result.data, from: name };
      } catch (error) {
        return unknown(`${name}: ${causeOf(error)}`);
      }
    },
    async refusal() {
      try {
        // A question without a target: who knows the secret is told so (400), who does not is refused (401).
        const answer = await ask({}, 0);
        const { success } = Refused.safeParse(json(await answer.text()));
        if (answer.status !== 400) return `${name} answers ${answer.status}`;
        return success ? undefined : `${name} answers something else`;
      } catch (error) {
        return `${name}: ${causeOf(error)}`;
      }
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
