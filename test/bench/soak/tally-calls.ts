import type { RecordedCall } from "../../../src/sandbox/shared/world.ts";

export type Counts = Record<string, { calls: number; failed: number; uncovered: number }>;

/** Counts what the sandbox's parts answered, of a list that keeps the last ones only: look more often than it turns over. */
export function tallyCalls(calls: readonly RecordedCall[]): { look(): void; counts(): Counts } {
  const counted = new WeakSet<RecordedCall>();
  const counts: Counts = {};
  return {
    look() {
      for (const call of calls.filter((each) => !counted.has(each))) {
        counted.add(call);
        const count = counts[call.part] ?? { calls: 0, failed: 0, uncovered: 0 };
        counts[call.part] = count;
        count.calls += 1;
        if (call.status >= 500 && call.covered) count.failed += 1;
        if (!call.covered) count.uncovered += 1;
      }
    },
    counts: () => counts,
  };
}
