import type { Vantage } from "../project/ports/probes.ts";
import { probeResult } from "./probe-result.ts";
import { unknownResult } from "./unknown-result.ts";

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
  return {
    name: options.name,
    side: "outside",
    async probe(target) {
      const unknown = (detail: string) => unknownResult(options.name, target, clock.now(), detail);
      try {
        const answer = await fetch(`${options.url}/probe`, {
          method: "POST",
          headers: { authorization: `Bearer ${options.secret}`, "content-type": "application/json" },
          body: JSON.stringify(target),
          redirect: "error",
          signal: AbortSignal.timeout((target.timeoutMs ?? 10_000) + SPARE_MS),
        });
        const text = (await answer.text()).slice(0, 20_000);
        if (!answer.ok) return unknown(`${options.name} answers ${answer.status}: ${text}`);
        const result = probeResult.safeParse(JSON.parse(text));
        if (!result.success) return unknown(`${options.name} answers something else`);
        return { ...result.data, from: options.name };
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        return unknown(`${options.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    },
  };
}
