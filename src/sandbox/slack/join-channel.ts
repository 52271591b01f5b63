import { announce } from "./announce.ts";
import type { Channel, Slack } from "./model.ts";
import { postMessage } from "./post-message.ts";

/** Makes a person or the bot a member, with the line that Slack writes into the channel. */
export function joinChannel(slack: Slack, channel: Channel, userId: string, inviter?: string): void {
  const person = slack.people.get(userId);
  if (person === undefined || channel.members.has(userId)) return;
  channel.members.add(userId);
  postMessage(slack, channel, person, { text: `<@${userId}> has joined the channel`, subtype: "channel_join" });
  announce(slack, "member_joined_channel", {
    type: "member_joined_channel",
    user: userId,
    channel: channel.id,
    channel_type: "C",
    team: slack.team.id,
    ...(inviter === undefined ? {} : { inviter }),
    event_ts: slack.nextTs(),
  });
}
