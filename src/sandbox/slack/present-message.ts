import type { ClientMessage } from "./client-api.ts";
import type { Message, Slack } from "./model.ts";
import { repliesTo } from "./replies-to.ts";

/** A message as a person's client shows it. */
export function presentMessage(slack: Slack, message: Message): ClientMessage {
  const replies = message.ephemeralTo === undefined ? repliesTo(slack, message) : [];
  const last = replies.at(-1);
  return {
    ts: message.ts,
    channel: message.channel,
    user: message.user,
    text: message.text,
    ...(message.blocks === undefined ? {} : { blocks: structuredClone(message.blocks) }),
    ...(message.attachments === undefined ? {} : { attachments: structuredClone(message.attachments) }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(last === undefined ? {} : { reply_count: replies.length, latest_reply: last.ts }),
    ...(message.edited === undefined ? {} : { edited: { ...message.edited } }),
    ...(message.metadata === undefined ? {} : { metadata: structuredClone(message.metadata) }),
    ...(message.reactions.length === 0
      ? {}
      : { reactions: message.reactions.map(({ name, users }) => ({ name, users: [...users], count: users.length })) }),
    ...(message.ephemeralTo === undefined ? {} : { ephemeral: true }),
    ...(message.broadcast ? { subtype: "thread_broadcast" } : {}),
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
  };
}
