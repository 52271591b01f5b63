import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ClientState } from "../../slack/client-api.ts";
import type { Option } from "./client/create-client.ts";

/** Who and what the selects of people and conversations offer. */
export interface Directory {
  people: Option[];
  channels: Option[];
  directs: Option[];
}

export const DirectoryContext = createContext<Directory>({ people: [], channels: [], directs: [] });

export function useDirectory(): Directory {
  return useContext(DirectoryContext);
}

export function directoryOf(client: ClientState | undefined): Directory {
  const option = (value: string, text: string): Option => ({ text: { type: "plain_text", text }, value });
  const people = client?.people ?? [];
  const channels = client?.channels.filter(({ isArchived }) => !isArchived) ?? [];
  return {
    people: people.map(({ id, name, realName }) => option(id, realName || name)),
    channels: channels.filter(({ isDirect }) => !isDirect).map(({ id, name }) => option(id, `#${name}`)),
    directs: channels
      .filter(({ isDirect }) => isDirect)
      .map(({ id, name, withPerson }) => {
        const person = people.find((person) => person.id === withPerson);
        return option(id, person?.realName ?? name);
      }),
  };
}
