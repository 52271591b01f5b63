import { setImmediate } from "node:timers/promises";
import { NOW } from "./project.ts";

/** A clock that moves when it is told to; whoever sleeps is woken in order, each after the one before has done its work. */
export function createManualClock() {
  let elapsed = 0;
  const sleepers = new Set<{ at: number; wake(): void }>();

  return {
    now: () => new Date(NOW.getTime() + elapsed),
    monotonic: () => elapsed,
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const sleeper = {
        at: elapsed + milliseconds,
        wake: () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      if (signal?.aborted) return Promise.resolve();
      sleepers.add(sleeper);
      signal?.addEventListener("abort", sleeper.wake, { once: true });
      return promise;
    },
    /** Who sleeps now. */
    sleepers: () => sleepers.size,
    async advance(milliseconds: number): Promise<void> {
      const until = elapsed + milliseconds;
      for (;;) {
        await setImmediate();
        const [next] = [...sleepers].sort((a, b) => a.at - b.at);
        if (!next || next.at > until) break;
        elapsed = Math.max(elapsed, next.at);
        next.wake();
      }
      elapsed = until;
    },
  };
}
