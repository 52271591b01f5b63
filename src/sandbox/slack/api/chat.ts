import { z } from "zod";
import { changeMessage } from "../change-message.ts";
import { deleteMessage } from "../delete-message.ts";
import { describeMessage } from "../describe-message.ts";
import { findChannel } from "../find-channel.ts";
import type { Channel, Fields, Message, Person, Slack } from "../model.ts";
import { openDirect } from "../open-direct.ts";
import { postMessage } from "../post-message.ts";
import { Refusal } from "../refusal.ts";
import { argument } from "./argument.ts";
import { checkContent, checkMetadata } from "./check-content.ts";
import { defineMethod, type Method } from "./define-method.ts";
import { requireChannel } from "./require-channel.ts";

/** "text cannot exceed 40,000 characters" when posted, 4,000 when updated. */
const MOST_POSTED = 40_000;
const MOST_UPDATED = 4_000;

const content = {
  text: argument.text.optional(),
  blocks: argument.blocks.optional(),
  attachments: argument.blocks.optional(),
  metadata: argument.fields.optional(),
};

/** chat.*: https://docs.slack.dev/reference/methods?filter=chat */
export const chat: Record<string, Method> = {
  "chat.postMessage": defineMethod({
    scopes: ["chat:write"],
    arguments: z.object({
      ...content,
      channel: argument.text,
      thread_ts: argument.text.optional(),
      reply_broadcast: argument.flag.optional(),
      client_msg_id: argument.text.optional(),
    }),
    channelOf: (given) => (typeof given.channel === "string" ? given.channel : undefined),
    run(slack, given) {
      const channel = destination(slack, given.channel);
      const repeated = findPosted(slack, given.client_msg_id);
      if (repeated !== undefined) return posted(slack, repeated);
      requireWritable(slack, channel);
      checkContent(slack, given, MOST_POSTED);
      requireRepliable(slack, channel, given.thread_ts);
      const message = postMessage(slack, channel, bot(slack), {
        text: given.text ?? "",
        ...(given.blocks === undefined ? {} : { blocks: given.blocks }),
        ...(given.attachments === undefined ? {} : { attachments: given.attachments }),
        ...(given.thread_ts === undefined ? {} : { threadTs: given.thread_ts }),
        ...(given.reply_broadcast === undefined ? {} : { broadcast: given.reply_broadcast }),
        ...(given.client_msg_id === undefined ? {} : { clientMsgId: given.client_msg_id }),
        ...withMetadata(given.metadata),
      });
      return posted(slack, message);
    },
  }),

  "chat.update": defineMethod({
    scopes: ["chat:write"],
    arguments: z.object({ ...content, channel: argument.text, ts: argument.text }),
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      const message = requireMessage(slack, channel, given.ts);
      if (channel.isArchived) throw new Refusal("is_inactive");
      if (message.user !== slack.app.botUserId) throw new Refusal("cant_update_message");
      // Metadata alone may be replaced; otherwise there must be something to show.
      if (given.metadata === undefined || given.text !== undefined || given.blocks !== undefined) {
        checkContent(slack, given, MOST_UPDATED);
      }
      changeMessage(slack, channel, message, {
        ...(given.text === undefined ? {} : { text: given.text }),
        ...(given.blocks === undefined ? {} : { blocks: given.blocks }),
        ...(given.attachments === undefined ? {} : { attachments: given.attachments }),
        ...withMetadata(given.metadata),
      });
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: describeMessage(slack, message, { metadata: true }),
      };
    },
  }),

  "chat.delete": defineMethod({
    scopes: ["chat:write"],
    arguments: z.object({ channel: argument.text, ts: argument.text }),
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      const message = requireMessage(slack, channel, given.ts);
      if (message.user !== slack.app.botUserId) throw new Refusal("cant_delete_message");
      deleteMessage(slack, channel, message);
      return { channel: channel.id, ts: message.ts };
    },
  }),

  "chat.postEphemeral": defineMethod({
    scopes: ["chat:write"],
    arguments: z.object({
      ...content,
      channel: argument.text,
      user: argument.text,
      thread_ts: argument.text.optional(),
    }),
    run(slack, given) {
      const channel = destination(slack, given.channel);
      requireWritable(slack, channel);
      if (!slack.people.has(given.user)) throw new Refusal("user_not_found");
      if (!channel.members.has(given.user)) throw new Refusal("user_not_in_channel");
      checkContent(slack, given, MOST_POSTED);
      const message = postMessage(slack, channel, bot(slack), {
        text: given.text ?? "",
        ephemeralTo: given.user,
        ...(given.blocks === undefined ? {} : { blocks: given.blocks }),
        ...(given.attachments === undefined ? {} : { attachments: given.attachments }),
        ...(given.thread_ts === undefined ? {} : { threadTs: given.thread_ts }),
      });
      return { message_ts: message.ts };
    },
  }),

  "chat.getPermalink": defineMethod({
    arguments: z.object({ channel: argument.text, message_ts: argument.text }),
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      const message = requireMessage(slack, channel, given.message_ts);
      const thread = message.threadTs === undefined ? "" : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
      const permalink = `https://${slack.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace(".", "")}${thread}`;
      return { channel: channel.id, permalink };
    },
  }),
};

function bot(slack: Slack): Person {
  const person = slack.people.get(slack.app.botUserId);
  if (person === undefined) throw new Refusal("account_inactive");
  return person;
}

/** A channel's id or name, or a person's id, which means their direct messages. */
function destination(slack: Slack, reference: string): Channel {
  const person = slack.people.get(reference);
  const channel = person === undefined ? findChannel(slack, reference) : openDirect(slack, person);
  if (channel === undefined) throw new Refusal("channel_not_found");
  return channel;
}

function requireWritable(slack: Slack, channel: Channel): void {
  if (channel.isArchived) throw new Refusal("is_archived");
  if (channel.members.has(slack.app.botUserId) || slack.scopes.has("chat:write.public")) return;
  throw new Refusal("not_in_channel");
}

/** "This message type cannot have thread replies": the lines that Slack itself writes. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
function requireRepliable(slack: Slack, channel: Channel, ts: string | undefined): void {
  const root = slack.messages.get(channel.id)?.find((entry) => entry.ts === ts);
  if (root?.subtype?.startsWith("channel_")) throw new Refusal("cannot_reply_to_message");
}

/** A message that can be found again: an ephemeral one cannot. */
function requireMessage(slack: Slack, channel: Channel, ts: string): Message {
  const message = slack.messages.get(channel.id)?.find((entry) => entry.ts === ts);
  if (message === undefined || message.ephemeralTo !== undefined || message.subtype === "tombstone") {
    throw new Refusal("message_not_found");
  }
  return message;
}

/** The same client_msg_id again is the same message again: it is answered, not posted twice. */
function findPosted(slack: Slack, clientMsgId: string | undefined): Message | undefined {
  if (clientMsgId === undefined) return undefined;
  return [...slack.messages.values()].flat().find((message) => message.clientMsgId === clientMsgId);
}

function posted(slack: Slack, message: Message): Fields {
  return { channel: message.channel, ts: message.ts, message: describeMessage(slack, message, { metadata: true }) };
}

function withMetadata(given: Fields | undefined) {
  const metadata = checkMetadata(given);
  return metadata === undefined ? {} : { metadata };
}
