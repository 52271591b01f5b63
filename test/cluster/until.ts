import { setTimeout as sleep } from "node:timers/promises";

/** Waits until `holds` gives something true; rejects after `seconds`, saying what was waited for. */
export async function until(seconds: number, what: string, holds: () => unknown | Promise<unknown>): Promise<void> {
  const limit = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error(`gave up waiting for ${what} after ${seconds} s`);
    await sleep(200);
  }
}
