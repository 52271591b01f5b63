import type { Channel, Slack } from "./model.ts";

/** A channel by id or, as chat.postMessage allows, by name with or without `#`. */
export function findChannel(slack: Slack, reference: string): Channel | undefined {
  const name = reference.replace(/^#/, "");
  return (
    slack.channels.get(reference) ??
    [...slack.channels.values()].find((channel) => !channel.isDirect && channel.name === name)
  );
}
