import type { Fields, Slack } from "./model.ts";

/**
 * Sends one Events API event to the app, if it has subscribed to `subscription` (an event type, for messages with
 * the kind of channel, as in an app manifest's bot_events). https://docs.slack.dev/apis/events-api
 */
export function announce(slack: Slack, subscription: string, event: Fields): void {
  if (!slack.subscriptions.has(subscription)) return;
  const payload = {
    token: slack.app.verificationToken,
    team_id: slack.team.id,
    context_team_id: slack.team.id,
    context_enterprise_id: null,
    api_app_id: slack.app.id,
    event,
    type: "event_callback",
    event_id: slack.id("Ev"),
    event_time: Math.floor(slack.world.clock.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: slack.team.id,
        user_id: slack.app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${slack.text(32)}`,
  };
  // An event that nobody acknowledges is retried and then dropped; no one waits for it.
  void slack.deliver({ type: "events_api", payload, acceptsResponse: false });
}
