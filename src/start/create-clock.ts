import { setTimeout as sleep } from "node:timers/promises";

/** The real one. */
export function createClock() {
  return {
    now: () => new Date(),
    monotonic: () => performance.now(),
    sleep: (milliseconds: number, signal?: AbortSignal) => sleep(milliseconds, undefined, { signal }).catch(() => {}),
  };
}
