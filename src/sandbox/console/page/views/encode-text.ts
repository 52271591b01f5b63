import type { ClientState } from "../../../slack/client-api.ts";
import { escapeText } from "../text/escape-text.ts";

/**
 * What a person typed as Slack's client sends it: escaped, with @name and #name as mentions.
 * A slash command goes as it was typed; whether mentions in it are escaped is the app's choice in Slack.
 */
export function encodeText(text: string, { people, channels }: Pick<ClientState, "people" | "channels">): string {
  const trimmed = text.trim();
  if (trimmed.startsWith("/")) return trimmed;
  return escapeText(trimmed)
    .replace(/(^|[\s(])@([\p{L}\p{N}._-]*[\p{L}\p{N}_])/gu, (whole, before: string, name: string) => {
      if (["here", "channel", "everyone"].includes(name)) return `${before}<!${name}>`;
      const person = people.find((person) => person.name === name);
      return person === undefined ? whole : `${before}<@${person.id}>`;
    })
    .replace(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const channel = channels.find((channel) => channel.name === name && !channel.isDirect);
      return channel === undefined ? whole : `${before}<#${channel.id}|${name}>`;
    })
    .replace(/(^|\s)(https?:\/\/\S*[^\s.,;:!?)])/g, "$1<$2>");
}
