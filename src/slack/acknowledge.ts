import type { Clock } from "./clock.ts";

/** Slack waits three seconds: https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
const PATIENCE = 2_200;

/**
 * Tells Slack that somebody's doing arrived, once what they want is written down (`noted`) or has been answered. Where the
 * process dies before, Slack says that it failed, or sends it again; what is written is done whoever dies after. `late`:
 * Slack's patience was over first.
 */
export async function acknowledge(
  { ack, clock, late }: { ack: () => Promise<void>; clock: Clock; late?: () => Promise<void> },
  act: (noted: () => void) => Promise<void>,
): Promise<void> {
  const noted = Promise.withResolvers<void>();
  const acted = act(noted.resolve);
  const over = new AbortController();
  const isOver = () => true;
  const inTime = Promise.race([noted.promise, acted]).then(isOver, isOver);
  const first = await Promise.race([inTime, clock.sleep(PATIENCE, over.signal).then(() => false)]).finally(() =>
    over.abort(),
  );
  await ack();
  if (!first) await late?.();
  await acted;
}
