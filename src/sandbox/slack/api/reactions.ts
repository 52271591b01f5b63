import { z } from "zod";
import { announce } from "../announce.ts";
import { describeMessage } from "../describe-message.ts";
import type { Message, Slack } from "../model.ts";
import { presentMessage } from "../present-message.ts";
import { Refusal } from "../refusal.ts";
import { argument } from "./argument.ts";
import { defineMethod, type Method } from "./define-method.ts";
import { requireChannel } from "./require-channel.ts";

const reaction = z.object({ channel: argument.text, timestamp: argument.text, name: argument.text });

/** reactions.*: https://docs.slack.dev/reference/methods?filter=reactions */
export const reactions: Record<string, Method> = {
  "reactions.add": defineMethod({
    scopes: ["reactions:write"],
    arguments: reaction,
    run(slack, given) {
      const message = requireMessage(slack, given);
      const existing = message.reactions.find(({ name }) => name === given.name);
      if (existing?.users.includes(slack.app.botUserId)) throw new Refusal("already_reacted");
      if (existing === undefined) message.reactions.push({ name: given.name, users: [slack.app.botUserId] });
      else existing.users.push(slack.app.botUserId);
      show(slack, message, "reaction_added", given.name);
      return {};
    },
  }),

  "reactions.remove": defineMethod({
    scopes: ["reactions:write"],
    arguments: reaction,
    run(slack, given) {
      const message = requireMessage(slack, given);
      const existing = message.reactions.find(({ name }) => name === given.name);
      if (existing === undefined || !existing.users.includes(slack.app.botUserId)) throw new Refusal("no_reaction");
      existing.users = existing.users.filter((user) => user !== slack.app.botUserId);
      message.reactions = message.reactions.filter(({ users }) => users.length > 0);
      show(slack, message, "reaction_removed", given.name);
      return {};
    },
  }),

  "reactions.get": defineMethod({
    scopes: ["reactions:read"],
    arguments: z.object({ channel: argument.text, timestamp: argument.text, full: argument.flag.optional() }),
    run(slack, given) {
      const message = requireMessage(slack, given);
      return { type: "message", channel: given.channel, message: describeMessage(slack, message, { metadata: false }) };
    },
  }),
};

function requireMessage(slack: Slack, given: { channel: string; timestamp: string }): Message {
  const channel = requireChannel(slack, given.channel);
  const message = slack.messages.get(channel.id)?.find((entry) => entry.ts === given.timestamp);
  if (message === undefined || message.ephemeralTo !== undefined) throw new Refusal("message_not_found");
  return message;
}

function show(slack: Slack, message: Message, type: string, reaction: string): void {
  slack.emit({ channel: message.channel }, { type: "message_changed", message: presentMessage(slack, message) });
  announce(slack, type, {
    type,
    user: slack.app.botUserId,
    reaction,
    item_user: message.user,
    item: { type: "message", channel: message.channel, ts: message.ts },
    event_ts: slack.nextTs(),
  });
}
