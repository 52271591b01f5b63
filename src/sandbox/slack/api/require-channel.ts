import type { Channel, Slack } from "../model.ts";
import { Refusal } from "../refusal.ts";

/** The channel with this id. Only chat.postMessage takes names. */
export function requireChannel(slack: Slack, id: string): Channel {
  const channel = slack.channels.get(id);
  if (channel === undefined) throw new Refusal("channel_not_found");
  return channel;
}
