import { announce } from "./announce.ts";
import { describeMessage } from "./describe-message.ts";
import type { Channel, Message, Slack } from "./model.ts";
import { presentMessage } from "./present-message.ts";

/**
 * Takes a message away. A root that has replies leaves a tombstone, which apps hear of as a change of the message and not
 * as its end: https://docs.slack.dev/reference/events/message/message_changed
 */
export function deleteMessage(slack: Slack, channel: Channel, message: Message): void {
  const stored = slack.messages.get(channel.id) ?? [];
  const hasReplies = stored.some((other) => other.threadTs === message.ts && other.ephemeralTo === undefined);
  const before = describeMessage(slack, message, { metadata: true });
  const audience = message.ephemeralTo === undefined ? { channel: channel.id } : { person: message.ephemeralTo };
  if (hasReplies) {
    message.text = "This message was deleted.";
    message.subtype = "tombstone";
    message.user = "USLACKBOT";
    delete message.blocks;
    delete message.attachments;
    delete message.metadata;
    delete message.botId;
    slack.emit(audience, { type: "message_changed", message: presentMessage(slack, message) });
  } else {
    slack.messages.set(
      channel.id,
      stored.filter((other) => other !== message),
    );
    slack.emit(audience, { type: "message_deleted", channel: channel.id, ts: message.ts });
  }
  if (message.ephemeralTo !== undefined || !channel.members.has(slack.app.botUserId)) return;
  const ts = slack.nextTs();
  announce(slack, channel.isDirect ? "message.im" : "message.channels", {
    type: "message",
    ...(hasReplies
      ? { subtype: "message_changed", message: describeMessage(slack, message, { metadata: true }) }
      : { subtype: "message_deleted", deleted_ts: message.ts }),
    previous_message: before,
    channel: channel.id,
    channel_type: channel.isDirect ? "im" : "channel",
    hidden: true,
    ts,
    event_ts: ts,
  });
}
