import type { ClientPerson, ClientState } from "../../../slack/client-api.ts";
import type { Place } from "../state/state.ts";

/** Something that can be opened from the sidebar or the switcher. */
export interface Conversation {
  key: string;
  section: "Channels" | "Direct messages" | "Apps";
  name: string;
  place: Place;
  /** Where unread messages are counted. */
  channel?: string;
  person?: ClientPerson;
}

/** In the order of the sidebar. A conversation with an app's bot is the app's. */
export function conversations({ apps, channels, people }: ClientState): Conversation[] {
  const bots = new Set(apps.map(({ botUserId }) => botUserId));
  const person = (id: string | undefined) => people.find((person) => person.id === id);
  const open = channels.filter(({ isArchived }) => !isArchived);
  return [
    ...open
      .filter(({ isDirect }) => !isDirect)
      .map(
        ({ id, name }): Conversation => ({
          key: id,
          section: "Channels",
          name,
          place: { kind: "channel", id },
          channel: id,
        }),
      ),
    ...open
      .filter(({ isDirect, withPerson }) => isDirect && !bots.has(withPerson ?? ""))
      .map(({ id, name, withPerson }): Conversation => {
        const other = person(withPerson);
        const title = other?.realName || other?.name || name;
        return {
          key: id,
          section: "Direct messages",
          name: title,
          place: { kind: "channel", id },
          channel: id,
          person: other,
        };
      }),
    ...apps.map(({ id, name, botUserId }): Conversation => {
      const direct = channels.find(({ isDirect, withPerson }) => isDirect && withPerson === botUserId);
      const place: Place = { kind: "app", id, tab: "home" };
      return { key: id, section: "Apps", name, place, channel: direct?.id, person: person(botUserId) };
    }),
  ];
}
