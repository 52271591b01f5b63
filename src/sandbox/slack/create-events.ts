import type { ClientEvent } from "./client-api.ts";
import type { Audience, Slack } from "./model.ts";

export interface Events {
  emit(slack: Slack, audience: Audience, event: ClientEvent): void;
  listen(person: string | undefined, listener: (event: ClientEvent) => void): () => void;
}

/** Who hears what: a person their own, their direct messages, and what happens in the public channels. */
export function createEvents(): Events {
  const listeners = new Set<{ person: string | undefined; listener: (event: ClientEvent) => void }>();
  return {
    emit(slack, audience, event) {
      for (const { person, listener } of [...listeners]) if (hears(slack, audience, person)) listener(event);
    },
    listen(person, listener) {
      const entry = { person, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}

function hears(slack: Slack, audience: Audience, person: string | undefined): boolean {
  if (person === undefined) return true;
  if ("person" in audience) return audience.person === person;
  const channel = slack.channels.get(audience.channel);
  return channel !== undefined && (!channel.isDirect || channel.members.has(person));
}
