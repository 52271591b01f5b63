import type { Clock } from "../shared/world.ts";
import { limitsOf } from "./limits-of.ts";

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Slack's published rate limits as token buckets. The windows are simulated time: a world that runs
 * twenty times faster refills twenty times faster, or a fast sandbox would be throttled twenty times harder.
 * https://docs.slack.dev/apis/web-api/rate-limits
 *
 * The function returned takes one token and gives the seconds to wait (at least one, as Retry-After is whole
 * seconds) when there is none.
 */
export function createThrottle(clock: Clock): (method: string, channel?: string) => number | undefined {
  const buckets = new Map<string, Bucket>();

  return (method, channel) => {
    const limits = limitsOf(method, channel);
    const now = clock.now().getTime();
    const filled = limits.map(({ key, burst, perMinute }) => {
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      const perMillisecond = (perMinute / 60_000) * clock.speed;
      bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perMillisecond);
      bucket.at = now;
      buckets.set(key, bucket);
      return { bucket, perMillisecond };
    });
    const waits = filled
      .filter(({ bucket }) => bucket.tokens < 1)
      .map(({ bucket, perMillisecond }) => (1 - bucket.tokens) / perMillisecond / 1000);
    if (waits.length > 0) return Math.max(1, Math.ceil(Math.max(...waits)));
    for (const { bucket } of filled) bucket.tokens -= 1;
    return undefined;
  };
}
