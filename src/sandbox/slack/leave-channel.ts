import { announce } from "./announce.ts";
import type { Channel, Slack } from "./model.ts";

/** A person or the bot is no member any more, of their own will or taken out. */
export function leaveChannel(slack: Slack, channel: Channel, user: string): void {
  if (!channel.members.delete(user)) return;
  announce(slack, "member_left_channel", {
    type: "member_left_channel",
    user,
    channel: channel.id,
    channel_type: "C",
    team: slack.team.id,
    event_ts: slack.nextTs(),
  });
}
