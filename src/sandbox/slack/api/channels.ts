import { z } from "zod";
import { createChannel } from "../create-channel.ts";
import { describeChannel } from "../describe-channel.ts";
import { findChannel } from "../find-channel.ts";
import { joinChannel } from "../join-channel.ts";
import { leaveChannel } from "../leave-channel.ts";
import type { Channel, Slack } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { setArchived } from "../set-archived.ts";
import { argument } from "./argument.ts";
import { defineMethod, type Method } from "./define-method.ts";
import { requireChannel } from "./require-channel.ts";

const one = z.object({ channel: argument.text });
const MOST_NOTE = 250;

/** Making and changing channels. https://docs.slack.dev/reference/methods?filter=conversations */
export const channels: Record<string, Method> = {
  "conversations.create": defineMethod({
    scopes: ["channels:manage"],
    arguments: z.object({ name: argument.text }),
    run(slack, given) {
      checkName(slack, given.name);
      return { channel: describeChannel(slack, createChannel(slack, given.name, slack.app.botUserId)) };
    },
  }),

  "conversations.rename": defineMethod({
    scopes: ["channels:manage"],
    arguments: one.extend({ name: argument.text }),
    run(slack, given) {
      const channel = requireMine(slack, given.channel);
      checkName(slack, given.name);
      channel.name = given.name;
      return { channel: describeChannel(slack, channel) };
    },
  }),

  "conversations.invite": defineMethod({
    scopes: ["channels:manage", "channels:write.invites"],
    arguments: one.extend({ users: argument.text }),
    run(slack, given) {
      const channel = requireMine(slack, given.channel);
      const invited = given.users.split(",").map((user) => user.trim());
      if (invited.some((user) => !slack.people.has(user))) throw new Refusal("user_not_found");
      if (invited.includes(slack.app.botUserId)) throw new Refusal("cant_invite_self");
      if (invited.every((user) => channel.members.has(user))) throw new Refusal("already_in_channel");
      for (const user of invited) joinChannel(slack, channel, user, slack.app.botUserId);
      return { channel: describeChannel(slack, channel) };
    },
  }),

  "conversations.leave": defineMethod({
    scopes: ["channels:manage"],
    arguments: one,
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      if (channel.name === "general") throw new Refusal("cant_leave_general");
      if (!channel.members.has(slack.app.botUserId)) return { not_in_channel: true };
      leaveChannel(slack, channel, slack.app.botUserId);
      return {};
    },
  }),

  "conversations.setTopic": defineMethod({
    scopes: ["channels:manage", "channels:write.topic"],
    arguments: one.extend({ topic: argument.text }),
    run(slack, given) {
      const channel = requireMine(slack, given.channel);
      if (given.topic.length > MOST_NOTE) throw new Refusal("too_long");
      channel.topic = given.topic;
      return { channel: describeChannel(slack, channel) };
    },
  }),

  "conversations.setPurpose": defineMethod({
    scopes: ["channels:manage", "channels:write.topic"],
    arguments: one.extend({ purpose: argument.text }),
    run(slack, given) {
      const channel = requireMine(slack, given.channel);
      if (given.purpose.length > MOST_NOTE) throw new Refusal("too_long");
      channel.purpose = given.purpose;
      return { channel: describeChannel(slack, channel), purpose: given.purpose };
    },
  }),

  "conversations.archive": defineMethod({
    scopes: ["channels:manage"],
    arguments: one,
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      if (channel.name === "general") throw new Refusal("cant_archive_general");
      if (channel.isArchived) throw new Refusal("already_archived");
      requireMember(slack, channel);
      setArchived(slack, channel, true, slack.app.botUserId);
      return {};
    },
  }),

  "conversations.unarchive": defineMethod({
    scopes: ["channels:manage"],
    arguments: one,
    run(slack, given) {
      const channel = requireChannel(slack, given.channel);
      if (!channel.isArchived) throw new Refusal("not_archived");
      setArchived(slack, channel, false, slack.app.botUserId);
      return {};
    },
  }),
};

/** "Channel names may only contain lowercase letters, numbers, hyphens, and underscores, and must be 80 characters or less." */
function checkName(slack: Slack, name: string): void {
  if (name === "") throw new Refusal("invalid_name_required");
  if (name.length > 80) throw new Refusal("invalid_name_maxlength");
  if (!/^[a-z0-9_-]+$/.test(name)) throw new Refusal("invalid_name_specials");
  if (findChannel(slack, name) !== undefined) throw new Refusal("name_taken");
}

function requireMine(slack: Slack, id: string): Channel {
  const channel = requireChannel(slack, id);
  if (channel.isDirect) throw new Refusal("method_not_supported_for_channel_type");
  if (channel.isArchived) throw new Refusal("is_archived");
  requireMember(slack, channel);
  return channel;
}

function requireMember(slack: Slack, channel: Channel): void {
  if (!channel.members.has(slack.app.botUserId)) throw new Refusal("not_in_channel");
}
