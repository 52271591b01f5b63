import type { Acknowledgement, Envelope, Slack } from "../model.ts";
import type { Attempt, Outcome } from "./attempt.ts";
import { envelopeId } from "./envelope-id.ts";

/** "nearly immediately, then after 1 minute, then after 5 minutes". https://docs.slack.dev/apis/events-api#retries */
const RETRIES = [0, 60_000, 300_000];

/** Hands an event to the app, up to three times more while it is not acknowledged. */
export async function deliverEvent(
  slack: Slack,
  attempt: Attempt,
  envelope: Envelope,
  signal: AbortSignal,
): Promise<Acknowledgement> {
  let outcome = await attempt(envelope, { id: envelopeId(slack), attempt: 0, reason: "" });
  for (const [index, pause] of RETRIES.entries()) {
    if (outcome.state === "acked" || signal.aborted) break;
    const reason = reasonOf(outcome);
    // The pauses are Slack's time, so they are shorter in a faster world.
    const slept = await slack.world.clock.sleep(pause, signal).then(
      () => true,
      () => false,
    );
    if (!slept) break;
    outcome = await attempt(envelope, { id: envelopeId(slack), attempt: index + 1, reason });
  }
  return outcome.state === "acked" ? outcome : { state: "failed", error: reasonOf(outcome) };
}

function reasonOf(outcome: Outcome): string {
  switch (outcome.state) {
    case "acked":
      return "";
    case "timeout":
      return "timeout";
    case "lost":
      return "connection_failed";
    case "refused":
      return "http_error";
  }
}
