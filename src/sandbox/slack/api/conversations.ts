import { z } from "zod";
import { describeChannel } from "../describe-channel.ts";
import { describeMessage } from "../describe-message.ts";
import { joinChannel } from "../join-channel.ts";
import type { Channel, Fields, Message, Slack } from "../model.ts";
import { openDirect } from "../open-direct.ts";
import { Refusal } from "../refusal.ts";
import { repliesTo } from "../replies-to.ts";
import { argument } from "./argument.ts";
import { defineMethod, type Method } from "./define-method.ts";
import { page } from "./page.ts";
import { requireChannel } from "./require-channel.ts";

const paging = { cursor: argument.text.optional(), limit: argument.count.optional() };
const span = {
  ...paging,
  oldest: argument.text.optional(),
  latest: argument.text.optional(),
  inclusive: argument.flag.optional(),
  include_all_metadata: argument.flag.optional(),
};
const readScopes = ["channels:read", "groups:read", "im:read", "mpim:read"];
const historyScopes = ["channels:history", "groups:history", "im:history", "mpim:history"];

/** conversations.*: https://docs.slack.dev/reference/methods?filter=conversations */
export const conversations: Record<string, Method> = {
  "conversations.list": defineMethod({
    scopes: readScopes,
    arguments: z.object({ ...paging, types: argument.text.optional(), exclude_archived: argument.flag.optional() }),
    run(slack, given) {
      const types = (given.types ?? "public_channel").split(",").map((type) => type.trim());
      const listed = [...slack.channels.values()]
        .filter((channel) => types.includes(channel.isDirect ? "im" : "public_channel"))
        .filter((channel) => !(given.exclude_archived && channel.isArchived));
      const { entries, next } = page(listed, given, { usual: 100, limit: 1000 });
      return {
        channels: entries.map((channel) => describeChannel(slack, channel)),
        response_metadata: { next_cursor: next },
      };
    },
  }),

  "conversations.info": defineMethod({
    scopes: readScopes,
    arguments: z.object({ channel: argument.text, include_num_members: argument.flag.optional() }),
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      const members = given.include_num_members ? { num_members: channel.members.size } : {};
      return { channel: { ...describeChannel(slack, channel), ...members } };
    },
  }),

  "conversations.history": defineMethod({
    scopes: historyScopes,
    arguments: z.object({ ...span, channel: argument.text }),
    run(slack, given) {
      const channel = requireReadable(slack, given.channel);
      const roots = visible(slack, channel)
        .filter((message) => message.threadTs === undefined || message.broadcast || message.threadTs === message.ts)
        .filter((message) => within(message.ts, given));
      const { entries, next, hasMore } = page(roots.toReversed(), given, { usual: 100, limit: 999 });
      return {
        messages: entries.map((message) =>
          describeMessage(slack, message, { metadata: given.include_all_metadata ?? false }),
        ),
        has_more: hasMore,
        pin_count: 0,
        ...(hasMore ? { response_metadata: { next_cursor: next } } : {}),
      };
    },
  }),

  "conversations.replies": defineMethod({
    scopes: historyScopes,
    arguments: z.object({ ...span, channel: argument.text, ts: argument.text }),
    run(slack, given) {
      const channel = requireReadable(slack, given.channel);
      const asked = visible(slack, channel).find((message) => message.ts === given.ts);
      if (asked === undefined) throw new Refusal("thread_not_found");
      // A reply's own ts gives its thread, too.
      const root = visible(slack, channel).find((message) => message.ts === asked.threadTs) ?? asked;
      const replies = repliesTo(slack, root).filter((message) => within(message.ts, given));
      const { entries, next, hasMore } = page([root, ...replies], given, { usual: 1000, limit: 1000 });
      return {
        messages: entries.map((message) =>
          describeMessage(slack, message, { metadata: given.include_all_metadata ?? false }),
        ),
        has_more: hasMore,
        ...(hasMore ? { response_metadata: { next_cursor: next } } : {}),
      };
    },
  }),

  "conversations.members": defineMethod({
    scopes: readScopes,
    arguments: z.object({ ...paging, channel: argument.text }),
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      const { entries, next } = page([...channel.members], given, { usual: 100, limit: 1000 });
      return { members: entries, response_metadata: { next_cursor: next } };
    },
  }),

  "conversations.join": defineMethod({
    scopes: ["channels:join"],
    arguments: z.object({ channel: argument.text }),
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      if (channel.isDirect) throw new Refusal("method_not_supported_for_channel_type");
      if (channel.isArchived) throw new Refusal("is_archived");
      const isMember = channel.members.has(slack.app.botUserId);
      if (!isMember) joinChannel(slack, channel, slack.app.botUserId);
      return {
        channel: describeChannel(slack, channel),
        ...(isMember ? { warning: "already_in_channel", response_metadata: { warnings: ["already_in_channel"] } } : {}),
      };
    },
  }),

  "conversations.open": defineMethod({
    scopes: ["im:write"],
    arguments: z.object({
      users: argument.text.optional(),
      channel: argument.text.optional(),
      return_im: argument.flag.optional(),
    }),
    run(slack, given) {
      if (given.channel !== undefined)
        return { channel: opened(requireChannel(slack, given.channel), slack, given.return_im) };
      const [user, ...others] = (given.users ?? "").split(",").filter((entry) => entry !== "");
      if (user === undefined) throw new Refusal("users_list_not_supplied");
      if (others.length > 0) throw new Refusal("not_enough_users", { sandbox: "The sandbox has no group messages." });
      const person = slack.people.get(user);
      if (person === undefined) throw new Refusal("user_not_found");
      if (person.botId !== undefined) throw new Refusal("cannot_dm_bot");
      return { channel: opened(openDirect(slack, person), slack, given.return_im) };
    },
  }),
};

function opened(channel: Channel, slack: Slack, whole: boolean | undefined): Fields {
  return whole ? describeChannel(slack, channel) : { id: channel.id };
}

function requireReadable(slack: Slack, id: string): Channel {
  const channel = requireChannel(slack, id);
  if (!channel.members.has(slack.app.botUserId)) throw new Refusal("not_in_channel");
  return channel;
}

function visible(slack: Slack, channel: Channel): Message[] {
  return (slack.messages.get(channel.id) ?? []).filter((message) => message.ephemeralTo === undefined);
}

function within(
  ts: string,
  span: { oldest?: string | undefined; latest?: string | undefined; inclusive?: boolean | undefined },
): boolean {
  const at = Number(ts);
  const oldest = Number(span.oldest ?? 0);
  const latest = span.latest === undefined ? Number.POSITIVE_INFINITY : Number(span.latest);
  return (at > oldest && at < latest) || (span.inclusive === true && (at === oldest || at === latest));
}
