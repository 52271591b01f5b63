import type { Acknowledgement, Envelope } from "../model.ts";
import type { Attempt, Outcome } from "./attempt.ts";

/**
 * Hands a command or an interaction to the app while its person waits. Over Socket Mode an envelope that was not
 * acknowledged comes once more, unmarked, and a working app has to take it as the same one:
 * https://github.com/slackapi/bolt-js/issues/2487. Over HTTP interactions are never retried.
 */
export async function deliverInteraction(
  attempt: Attempt,
  envelope: Envelope,
  redelivers: boolean,
): Promise<Acknowledgement> {
  const first = await attempt(envelope, { attempt: 0, reason: "" });
  if (first.state === "acked") return first;
  if (!redelivers) return { state: "failed", error: errorOf(first) };
  const second = attempt(envelope, { attempt: 0, reason: "" });
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
