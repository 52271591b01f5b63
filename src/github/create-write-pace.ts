import { setTimeout as sleep } from "node:timers/promises";
import type { ThrottlingOptions } from "@octokit/plugin-throttling";

/**
 * How fast we write. GitHub asks for no more than 80 content-creating requests a minute, one second between them:
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 * The plugin's own pace is one a second from the first on, which a launch of eight writes would feel; a bucket that
 * holds a launch and refills at that rate stays under the limit (burst + 60 < 80 in any minute).
 */
export function createWritePace(pace: { burst: number; everyMs: number }): NonNullable<ThrottlingOptions["write"]> {
  let held = pace.burst;
  let countedAt = performance.now();
  let queue: Promise<unknown> = Promise.resolve();

  async function take(): Promise<void> {
    if (pace.everyMs === 0) return;
    const now = performance.now();
    held = Math.min(pace.burst, held + (now - countedAt) / pace.everyMs);
    countedAt = now;
    held -= 1;
    if (held < 0) await sleep(-held * pace.everyMs);
  }

  const limiter = {
    schedule(_options: unknown, job: () => Promise<unknown>) {
      const turn = queue.then(take).then(job);
      queue = turn.catch(() => {});
      return turn;
    },
  };
  // The plugin asks a Bottleneck group for nothing but `key(id).schedule(options, job)` (its src/wrap-request.ts).
  return { key: () => limiter } as unknown as NonNullable<ThrottlingOptions["write"]>;
}
