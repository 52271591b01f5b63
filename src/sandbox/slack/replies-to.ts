import type { Message, Slack } from "./model.ts";

/** A root's replies that everybody sees, oldest first. */
export function repliesTo(slack: Slack, root: Message): Message[] {
  return (slack.messages.get(root.channel) ?? []).filter(
    (message) => message.threadTs === root.ts && message.ts !== root.ts && message.ephemeralTo === undefined,
  );
}
