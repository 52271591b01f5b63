import type { Clock } from "./clock.ts";

/** Slack redelivers within minutes: https://docs.slack.dev/apis/events-api/#retries */
const REMEMBERED = 15 * 60_000;

/** True the first time an id is seen. */
export function createDedupe(clock: Clock): (id: string) => boolean {
  const seen = new Map<string, number>();
  return (id) => {
    const now = clock.now().getTime();
    // Oldest first, as they came in.
    for (const [known, at] of seen) {
      if (now - at < REMEMBERED) break;
      seen.delete(known);
    }
    if (seen.has(id)) return false;
    seen.set(id, now);
    return true;
  };
}
