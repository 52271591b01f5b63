import type { Slack } from "../model.ts";
import { sign } from "./sign.ts";

const VERIFY_WITHIN = 3000;

/** The handshake by which Slack accepts a request URL. Rejects with the reason. https://docs.slack.dev/reference/events/url_verification */
export async function verifyRequestUrl(slack: Slack, url: string): Promise<void> {
  const challenge = slack.text(52);
  const body = JSON.stringify({ token: slack.app.verificationToken, challenge, type: "url_verification" });
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...sign(slack.tokens.signingSecret, body, slack.world.clock.now()),
    },
    body,
    signal: AbortSignal.timeout(VERIFY_WITHIN),
  });
  const answer = await response.text();
  if (!response.ok || !answer.includes(challenge)) {
    throw new Error(
      `Your URL didn't respond with the value of the challenge parameter: ${url} answered ${response.status}`,
    );
  }
}
