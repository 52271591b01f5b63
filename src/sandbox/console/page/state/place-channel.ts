import type { State } from "./state.ts";

/** The channel whose messages a place shows, if it shows any. */
export function placeChannel(state: State, place = state.place): string | undefined {
  if (place === undefined) return undefined;
  if (place.kind === "channel") return place.id;
  if (place.tab === "home") return undefined;
  const app = state.client?.apps.find(({ id }) => id === place.id);
  return state.client?.channels.find(({ isDirect, withPerson }) => isDirect && withPerson === app?.botUserId)?.id;
}
