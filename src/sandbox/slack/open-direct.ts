import type { Channel, Person, Slack } from "./model.ts";

/** The direct message channel of the bot and a person, made when it is not there yet. */
export function openDirect(slack: Slack, person: Person): Channel {
  const existing = [...slack.channels.values()].find((channel) => channel.isDirect && channel.members.has(person.id));
  if (existing !== undefined) return existing;
  const channel: Channel = {
    id: slack.id("D"),
    name: "directmessage",
    topic: "",
    purpose: "",
    created: Math.floor(slack.world.clock.now().getTime() / 1000),
    creator: person.id,
    members: new Set([person.id, slack.app.botUserId]),
    isArchived: false,
    isDirect: true,
  };
  slack.channels.set(channel.id, channel);
  return channel;
}
