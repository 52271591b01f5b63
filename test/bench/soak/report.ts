import type { ProcessUse } from "../scale/process-use.ts";
import type { Seen } from "./developer.ts";
import type { Counts } from "./tally-calls.ts";

export interface Sample {
  minute: number;
  sandbox: ProcessUse;
  bot: ProcessUse;
}

/** What an hour comes to, in words; `sound` where nothing went wrong. */
export function report(results: {
  samples: readonly Sample[];
  calls: Counts;
  developer: Seen;
  warnings: readonly string[];
  unheard: readonly string[];
}): { text: string; sound: boolean } {
  const { samples, developer, warnings, unheard } = results;
  const lines = [
    `${samples.length} minutes`,
    memory(
      "sandbox",
      samples.map(({ sandbox }) => sandbox),
    ),
    memory(
      "bot",
      samples.map(({ bot }) => bot),
    ),
    `launches: ${developer.live} of ${developer.launched} live`,
    `pushes: ${developer.deployed} of ${developer.pushed} deployed, the rest overtaken by a newer one`,
    ...developer.missing.map((each) => `  missing: ${each}`),
    ...Object.entries(results.calls).map(
      ([part, { calls, failed, uncovered }]) =>
        `${part}: ${calls} calls, ${failed} answered 5xx, ${uncovered} not covered`,
    ),
    `warnings: ${warnings.length}`,
    ...grouped(warnings),
    `errors that no request heard: ${unheard.length}`,
    ...grouped(unheard),
  ];
  return {
    text: lines.join("\n"),
    // A server that guards its requests tells its own faults as warnings: only without those did nothing go wrong.
    sound: unheard.length + warnings.length === 0 && developer.missing.length === 0 && samples.length > 0,
  };
}

function memory(name: string, uses: readonly ProcessUse[]): string {
  const at = (share: number) =>
    Math.round(uses[Math.min(uses.length - 1, Math.floor(uses.length * share))]?.rssMb ?? 0);
  const last = uses.at(-1);
  return (
    `${name}: RSS ${at(0)} MB after the first minute, ${at(0.5)} MB half-way, ${at(1)} MB at the end, ` +
    `${Math.round(last?.peakMb ?? 0)} MB at most; ${Math.round(last?.cpuSeconds ?? 0)} s of CPU`
  );
}

/** The same again is one line. */
function grouped(texts: readonly string[]): string[] {
  return Object.entries(Object.groupBy(texts, (text) => text.split("\n", 1)[0] ?? "")).map(
    ([first, all = []]) => `  ${all.length} × ${first}`,
  );
}
