import { announce } from "./announce.ts";
import { describeMessage } from "./describe-message.ts";
import type { Channel, Message, Slack } from "./model.ts";

/** Takes a message away. A root that has replies leaves a tombstone, as Slack's does. */
export function deleteMessage(slack: Slack, channel: Channel, message: Message): void {
  const stored = slack.messages.get(channel.id) ?? [];
  const hasReplies = stored.some((other) => other.threadTs === message.ts && other.ephemeralTo === undefined);
  const before = describeMessage(slack, message, { metadata: true });
  if (hasReplies) {
    message.text = "This message was deleted.";
    message.subtype = "tombstone";
    message.user = "USLACKBOT";
    delete message.blocks;
    delete message.attachments;
    delete message.metadata;
    delete message.botId;
  } else {
    slack.messages.set(
      channel.id,
      stored.filter((other) => other !== message),
    );
  }
  const audience = message.ephemeralTo === undefined ? { channel: channel.id } : { person: message.ephemeralTo };
  slack.emit(audience, { type: "message_deleted", channel: channel.id, ts: message.ts });
  if (message.ephemeralTo === undefined && channel.members.has(slack.app.botUserId)) {
    const ts = slack.nextTs();
    announce(slack, channel.isDirect ? "message.im" : "message.channels", {
      type: "message",
      subtype: "message_deleted",
      previous_message: before,
      deleted_ts: message.ts,
      channel: channel.id,
      channel_type: channel.isDirect ? "im" : "channel",
      hidden: true,
      ts,
      event_ts: ts,
    });
  }
}
