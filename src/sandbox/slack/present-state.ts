import type { ClientPerson, ClientState } from "./client-api.ts";
import type { Person, Slack } from "./model.ts";

/** The workspace as one person's client shows it. */
export function presentState(slack: Slack, me: Person): ClientState {
  const channels = [...slack.channels.values()].filter((channel) => !channel.isDirect || channel.members.has(me.id));
  return {
    team: { ...slack.team },
    me: presentPerson(me),
    people: [...slack.people.values()].map(presentPerson),
    channels: channels.map((channel) => {
      const other = channel.isDirect ? [...channel.members].find((member) => member !== me.id) : undefined;
      return {
        id: channel.id,
        name: channel.name,
        topic: channel.topic,
        isMember: channel.members.has(me.id),
        isArchived: channel.isArchived,
        isDirect: channel.isDirect,
        ...(other === undefined ? {} : { withPerson: other }),
      };
    }),
    apps: [{ id: slack.app.id, name: slack.app.name, botUserId: slack.app.botUserId }],
    commands: slack.commands.map((command) => ({ ...command })),
  };
}

function presentPerson(person: Person): ClientPerson {
  return { id: person.id, name: person.name, realName: person.realName, isBot: person.botId !== undefined };
}
