import type { Webhook } from "../facts/webhook.ts";
import type { Rule } from "./rule.ts";

type Code = "webhook-missing" | "webhook-secret-wrong" | "webhook-undelivered";

/**
 * GitHub does not tell Slipway of a repository. Nothing waits for it: a push is found by asking. A delivery that was not
 * taken is no fault yet: the next one, or the ping of a webhook that is written anew for it, may be.
 */
export function webhookRule(code: Code, state: Webhook["state"]): Rule<Code> {
  return {
    code,
    scope: "project",
    severity: "warn",
    needs: ["webhook"],
    // What GitHub said of it is taken for true for a minute: the last of these looks is a new one.
    confirm: { looks: 2, milliseconds: 90_000 },
    remedies: ["check-again"],
    check({ project: { spec, status }, facts: { webhook } }) {
      if (!webhook.known || webhook.value?.state !== state) return [];
      const repository = `${spec.owner}/${spec.repository}`;
      return [
        {
          subject: `Webhook/${repository}`,
          evidence: `webhook ${status.repository?.hookId} of ${repository}: ${evidenceOf(webhook.value)}`,
          seenFrom: "github",
          params: { repository },
        },
      ];
    },
  };
}

/** Without what another delivery would change. */
function evidenceOf(webhook: Webhook): string {
  if (!("last" in webhook)) return "404 Not Found";
  const { status } = webhook.last;
  return status === 0 ? "its last delivery got no answer" : `its last delivery was answered ${status}`;
}
