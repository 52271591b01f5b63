import type { Clock } from "./clock.ts";

/** Slack redelivers within minutes: https://docs.slack.dev/apis/events-api/#retries */
const REMEMBERED = 15 * 60_000;

/** Does what has this id once; whoever comes again with it gets what the first one got. */
export type Once = <Result>(id: string, act: () => Promise<Result>) => Promise<Result>;

export function createOnce(clock: Clock): Once {
  const seen = new Map<string, { at: number; done: Promise<unknown> }>();
  return <Result>(id: string, act: () => Promise<Result>) => {
    const now = clock.now().getTime();
    // Oldest first, as they came in.
    for (const [known, { at }] of seen) {
      if (now - at < REMEMBERED) break;
      seen.delete(known);
    }
    const known = seen.get(id);
    // The same id is the same listener's, which has one type of result.
    if (known) return known.done as Promise<Result>;
    const done = act();
    seen.set(id, { at: now, done });
    return done;
  };
}
