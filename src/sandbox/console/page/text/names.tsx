import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ClientState } from "../../../slack/client-api.ts";

/** Who and what an id stands for, for whatever draws a mention. */
export interface Names {
  me: string;
  person(id: string): string | undefined;
  channel(id: string): string | undefined;
  openChannel(id: string): void;
}

export const NamesContext = createContext<Names>({
  me: "",
  person: () => undefined,
  channel: () => undefined,
  openChannel: () => {},
});

export function useNames(): Names {
  return useContext(NamesContext);
}

export function namesOf(client: ClientState | undefined, openChannel: (id: string) => void): Names {
  const people = new Map(client?.people.map((person) => [person.id, person.realName || person.name]));
  const channels = new Map(client?.channels.map((channel) => [channel.id, channel.name]));
  return {
    me: client?.me.id ?? "",
    person: (id) => people.get(id),
    channel: (id) => channels.get(id),
    openChannel,
  };
}
