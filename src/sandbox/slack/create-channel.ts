import type { Channel, Slack } from "./model.ts";

export function createChannel(slack: Slack, name: string, creator: string): Channel {
  const channel: Channel = {
    id: slack.id("C"),
    name,
    topic: "",
    purpose: "",
    created: Math.floor(slack.world.clock.now().getTime() / 1000),
    creator,
    members: new Set([creator]),
    isArchived: false,
    isDirect: false,
  };
  slack.channels.set(channel.id, channel);
  return channel;
}
