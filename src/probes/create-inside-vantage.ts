import type { Vantage } from "../project/ports/probes.ts";
import { probe } from "./probe.ts";

/** Where the bot itself stands. */
export function createInsideVantage(options: { clock?: { now(): Date }; ca?: string } = {}): Vantage {
  const clock = options.clock ?? { now: () => new Date() };
  return {
    name: "inside",
    side: "inside",
    probe: (target) =>
      probe(target, { from: "inside", clock, ...(options.ca === undefined ? {} : { ca: options.ca }) }),
  };
}
