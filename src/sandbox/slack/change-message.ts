import { announce } from "./announce.ts";
import { describeMessage } from "./describe-message.ts";
import type { Channel, Message, Metadata, Slack } from "./model.ts";
import { normalizeBlocks } from "./normalize-blocks.ts";
import { presentMessage } from "./present-message.ts";

export interface Change {
  text?: string;
  blocks?: unknown[];
  attachments?: unknown[];
  metadata?: Metadata;
}

/**
 * What chat.update and replace_original do. `text` without `blocks` removes the blocks; blocks alone keep the
 * "(edited)" mark away; metadata stays unless given. https://docs.slack.dev/reference/methods/chat.update
 */
export function changeMessage(slack: Slack, channel: Channel, message: Message, change: Change): Message {
  const before = describeMessage(slack, message, { metadata: true });
  if (change.text !== undefined) message.text = change.text;
  if (change.blocks !== undefined && change.blocks.length > 0) message.blocks = normalizeBlocks(slack, change.blocks);
  else if (change.blocks !== undefined || change.text !== undefined) delete message.blocks;
  if (change.attachments !== undefined) message.attachments = change.attachments;
  if (change.metadata !== undefined) message.metadata = change.metadata;
  // What was chosen in the old menus is gone with them.
  message.state = {};
  if (message.blocks === undefined) message.edited = { user: message.user, ts: slack.nextTs() };

  const audience = message.ephemeralTo === undefined ? { channel: channel.id } : { person: message.ephemeralTo };
  slack.emit(audience, { type: "message_changed", message: presentMessage(slack, message) });
  if (message.ephemeralTo === undefined && channel.members.has(slack.app.botUserId)) {
    const ts = slack.nextTs();
    announce(slack, channel.isDirect ? "message.im" : "message.channels", {
      type: "message",
      subtype: "message_changed",
      message: describeMessage(slack, message, { metadata: true }),
      previous_message: before,
      channel: channel.id,
      channel_type: channel.isDirect ? "im" : "channel",
      hidden: true,
      ts,
      event_ts: ts,
    });
  }
  return message;
}
