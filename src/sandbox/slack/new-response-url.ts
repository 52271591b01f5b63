import type { ResponseUrl, Slack } from "./model.ts";

/** "up to 5 times within 30 minutes". https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const LIVES = 30 * 60_000;

export function newResponseUrl(
  slack: Slack,
  kind: "commands" | "actions",
  target: Omit<ResponseUrl, "uses" | "expires">,
): string {
  const path = `/${kind}/${slack.team.id}/${slack.text(12)}/${slack.text(24)}`;
  slack.responseUrls.set(path, { ...target, uses: 0, expires: slack.world.clock.now().getTime() + LIVES });
  return `${slack.address}${path}`;
}
