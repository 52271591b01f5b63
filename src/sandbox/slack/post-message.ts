import { announce } from "./announce.ts";
import { describeMessage } from "./describe-message.ts";
import type { Channel, Message, Metadata, Person, Slack } from "./model.ts";
import { normalizeBlocks } from "./normalize-blocks.ts";
import { presentMessage } from "./present-message.ts";

export interface Draft {
  text: string;
  blocks?: unknown[];
  attachments?: unknown[];
  threadTs?: string;
  broadcast?: boolean;
  metadata?: Metadata;
  clientMsgId?: string;
  subtype?: string;
  ephemeralTo?: string;
}

/** Puts a message into a channel, shows it to those who see the channel, and tells the app of it. */
export function postMessage(slack: Slack, channel: Channel, author: Person, draft: Draft): Message {
  const threadTs = draft.threadTs === undefined ? undefined : threadOf(slack, channel, draft.threadTs);
  const message: Message = {
    ts: slack.nextTs(),
    channel: channel.id,
    user: author.id,
    text: draft.text,
    reactions: [],
    state: {},
    ...(author.botId === undefined ? {} : { botId: author.botId }),
    ...(draft.blocks === undefined || draft.blocks.length === 0
      ? {}
      : { blocks: normalizeBlocks(slack, draft.blocks) }),
    ...(draft.attachments === undefined || draft.attachments.length === 0 ? {} : { attachments: draft.attachments }),
    ...(threadTs === undefined ? {} : { threadTs, ...(draft.broadcast ? { broadcast: true } : {}) }),
    ...(draft.metadata === undefined ? {} : { metadata: draft.metadata }),
    ...(draft.clientMsgId === undefined ? {} : { clientMsgId: draft.clientMsgId }),
    ...(draft.subtype === undefined ? {} : { subtype: draft.subtype }),
    ...(draft.ephemeralTo === undefined ? {} : { ephemeralTo: draft.ephemeralTo }),
  };
  const stored = slack.messages.get(channel.id) ?? [];
  stored.push(message);
  slack.messages.set(channel.id, stored);

  if (draft.ephemeralTo !== undefined) {
    slack.emit({ person: draft.ephemeralTo }, { type: "message", message: presentMessage(slack, message) });
    return message;
  }
  slack.emit({ channel: channel.id }, { type: "message", message: presentMessage(slack, message) });
  showReplyCount(slack, channel, message);
  tellApp(slack, channel, message);
  return message;
}

/**
 * A reply to a reply belongs to the same thread. What replies to a message that is gone is posted all the same, into the
 * channel, without a `thread_ts`: https://github.com/slack-go/slack/issues/1571
 */
function threadOf(slack: Slack, channel: Channel, ts: string): string | undefined {
  const root = slack.messages.get(channel.id)?.find((message) => message.ts === ts);
  return root && (root.threadTs ?? root.ts);
}

function showReplyCount(slack: Slack, channel: Channel, reply: Message): void {
  if (reply.threadTs === undefined) return;
  const root = slack.messages.get(channel.id)?.find((message) => message.ts === reply.threadTs);
  if (root === undefined) return;
  slack.emit({ channel: channel.id }, { type: "message_changed", message: presentMessage(slack, root) });
}

function tellApp(slack: Slack, channel: Channel, message: Message): void {
  // An app hears only of the channels that its bot is in.
  if (!channel.members.has(slack.app.botUserId)) return;
  const event = {
    ...describeMessage(slack, message, { metadata: true }),
    channel: channel.id,
    channel_type: channel.isDirect ? "im" : "channel",
    event_ts: message.ts,
  };
  announce(slack, channel.isDirect ? "message.im" : "message.channels", event);
  if (!channel.isDirect && message.text.includes(`<@${slack.app.botUserId}>`) && message.user !== slack.app.botUserId) {
    const { channel_type: _, ...mention } = event;
    announce(slack, "app_mention", { ...mention, type: "app_mention" });
  }
}
