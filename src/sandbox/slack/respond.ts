import { z } from "zod";
import { argument } from "./api/argument.ts";
import { checkContent } from "./api/check-content.ts";
import { changeMessage } from "./change-message.ts";
import { deleteMessage } from "./delete-message.ts";
import type { ResponseUrl, Slack } from "./model.ts";
import { postMessage } from "./post-message.ts";
import { Refusal } from "./refusal.ts";

const MOST_TEXT = 40_000;

const responseSchema = z.object({
  text: z.string().optional(),
  blocks: argument.blocks.optional(),
  attachments: argument.blocks.optional(),
  response_type: z.string().optional(),
  replace_original: argument.flag.optional(),
  delete_original: argument.flag.optional(),
  thread_ts: z.string().optional(),
});

/** What an app answers to a command or sends to a response_url. Throws Refusal. */
export function respond(slack: Slack, target: Omit<ResponseUrl, "uses" | "expires">, body: unknown): void {
  const parsed = responseSchema.safeParse(body);
  if (!parsed.success) throw new Refusal("invalid_payload");
  const response = parsed.data;
  const channel = slack.channels.get(target.channel);
  const bot = slack.people.get(slack.app.botUserId);
  if (channel === undefined || bot === undefined) throw new Refusal("channel_not_found");
  if (channel.isArchived) throw new Refusal("is_archived");
  const original = slack.messages.get(channel.id)?.find((message) => message.ts === target.messageTs);
  if (response.delete_original && original !== undefined) {
    deleteMessage(slack, channel, original);
    return;
  }
  checkContent(slack, response, MOST_TEXT);
  const content = {
    text: response.text ?? "",
    ...(response.blocks === undefined ? {} : { blocks: response.blocks }),
    ...(response.attachments === undefined ? {} : { attachments: response.attachments }),
  };
  if (response.replace_original && original !== undefined) {
    changeMessage(slack, channel, original, content);
    return;
  }
  const threadTs = response.thread_ts ?? target.threadTs;
  postMessage(slack, channel, bot, {
    ...content,
    ...(threadTs === undefined ? {} : { threadTs }),
    // "By default, … a message that is only visible to the person who used the command".
    ...(response.response_type === "in_channel" ? {} : { ephemeralTo: target.person }),
  });
}
