import type { Channel, Person, Slack } from "../model.ts";
import { postMessage } from "../post-message.ts";
import { notice } from "./notice.ts";
import { runCommand } from "./run-command.ts";

/** A person sends what is in the message box: a message, or a slash command. */
export async function say(
  slack: Slack,
  person: Person,
  channel: Channel,
  text: string,
  threadTs?: string,
): Promise<void> {
  if (channel.isArchived) {
    notice(slack, person.id, `You can’t post in #${channel.name}: it is archived.`, channel.id);
    return;
  }
  if (text.startsWith("/")) {
    await runCommand(slack, person, channel, text.trim(), threadTs);
    return;
  }
  channel.members.add(person.id);
  postMessage(slack, channel, person, {
    text: encode(slack, text),
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  const mentionsBot = encode(slack, text).includes(`<@${slack.app.botUserId}>`);
  if (mentionsBot && !channel.members.has(slack.app.botUserId)) {
    notice(slack, person.id, `You mentioned @${slack.app.name}, but they’re not in this channel.`, channel.id);
  }
}

/** Typed text as Slack sends it on: `&`, `<`, `>` escaped, `@name` and `#channel` turned into references. */
function encode(slack: Slack, text: string): string {
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return escaped
    .replace(/&lt;@([UW][A-Z0-9]+)&gt;/g, "<@$1>")
    .replace(/(?<![\w<])@([a-z0-9._-]*[a-z0-9])/gi, (whole, name: string) => {
      const person = [...slack.people.values()].find((entry) => entry.name === name.toLowerCase());
      return person === undefined ? whole : `<@${person.id}>`;
    })
    .replace(/(?<![\w&])#([a-z0-9_-]+)/g, (whole, name: string) => {
      const channel = [...slack.channels.values()].find((entry) => !entry.isDirect && entry.name === name);
      return channel === undefined ? whole : `<#${channel.id}|${channel.name}>`;
    });
}
