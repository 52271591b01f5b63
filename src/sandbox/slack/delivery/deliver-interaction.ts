import type { Acknowledgement, Envelope, Slack } from "../model.ts";
import type { Attempt, Outcome } from "./attempt.ts";
import { envelopeId } from "./envelope-id.ts";

/**
 * Hands a command or an interaction to the app while its person waits. Over Socket Mode an envelope that was not
 * acknowledged comes once more under the same envelope_id, unmarked, and an app has to take it as the same one:
 * https://github.com/slackapi/bolt-js/issues/2487. Over HTTP interactions are never retried.
 */
export async function deliverInteraction(
  slack: Slack,
  attempt: Attempt,
  envelope: Envelope,
  redelivers: boolean,
): Promise<Acknowledgement> {
  const given = { id: envelopeId(slack), attempt: 0, reason: "" };
  const first = await attempt(envelope, given);
  if (first.state === "acked") return first;
  if (!redelivers) return { state: "failed", error: errorOf(first) };
  const second = attempt(envelope, given);
  // A lost connection leaves time to ask another one; a timeout has used the person's patience up.
  if (first.state === "timeout") return { state: "failed", error: errorOf(first) };
  const outcome = await second;
  return outcome.state === "acked" ? outcome : { state: "failed", error: errorOf(outcome) };
}

/** The codes that Slack shows as `/project failed with the error "dispatch_failed"`. */
function errorOf(outcome: Exclude<Outcome, { state: "acked" }>): string {
  switch (outcome.state) {
    case "timeout":
      return "operation_timeout";
    case "lost":
      return "dispatch_failed";
    case "refused":
      return outcome.status < 500 ? "http_client_error" : "http_service_error";
  }
}
