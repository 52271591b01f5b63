import { reduceEvent } from "./reduce-event.ts";
import { type Change, initialState, type State } from "./state.ts";

/** The page's next state. Pure; messages that did not change stay the same objects, so that they are not drawn again. */
export function reduce(state: State, change: Change): State {
  switch (change.type) {
    case "signed_in": {
      const same = state.person === change.client.me.id;
      const { theme, world, worldOpen } = state;
      const base = same ? state : { ...initialState(theme), world, worldOpen, connection: state.connection };
      return { ...base, person: change.client.me.id, client: change.client };
    }
    case "connection":
      return { ...state, connection: change.connection };
    case "channel_read":
      return withHistory(state, change.channel, change.messages, (message) => !isReply(message), change.channel);
    case "thread_read": {
      const inThread = (message: { ts: string; thread_ts?: string }) =>
        message.ts === change.ts || message.thread_ts === change.ts;
      return withHistory(state, change.channel, change.messages, inThread, `${change.channel}/${change.ts}`);
    }
    case "went": {
      const channel = placeChannel(state, change.place);
      const unread = channel === undefined ? state.unread : { ...state.unread, [channel]: 0 };
      return { ...state, place: change.place, thread: change.thread, unread, sidebarOpen: false, switcherOpen: false };
    }
    case "thread":
      return { ...state, thread: change.thread };
    case "event":
      return reduceEvent(state, change.event);
    case "modal_closed":
      return { ...state, modals: state.modals.filter((view) => view.id !== change.viewId) };
    case "sidebar":
      return { ...state, sidebarOpen: change.open };
    case "switcher":
      return { ...state, switcherOpen: change.open };
    case "world":
      return { ...state, world: change.world };
    case "world_open":
      return { ...state, worldOpen: change.open };
    case "theme":
      return { ...state, theme: change.theme };
    case "trouble":
      return { ...state, trouble: change.text };
  }
}

/** The channel whose messages a place shows, if it shows any. */
export function placeChannel(state: State, place = state.place): string | undefined {
  if (place === undefined) return undefined;
  if (place.kind === "channel") return place.id;
  if (place.tab === "home") return undefined;
  const app = state.client?.apps.find(({ id }) => id === place.id);
  return state.client?.channels.find(({ isDirect, withPerson }) => isDirect && withPerson === app?.botUserId)?.id;
}

function isReply(message: { ts: string; thread_ts?: string }): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

/** What was read replaces what it covers; ephemeral messages are in no history and stay. */
function withHistory(
  state: State,
  channel: string,
  read: State["messages"][string][string][],
  covered: (message: { ts: string; thread_ts?: string }) => boolean,
  key: string,
): State {
  const before = state.messages[channel] ?? {};
  const kept = Object.values(before).filter((message) => message.ephemeral === true || !covered(message));
  const next = Object.fromEntries(kept.map((message) => [message.ts, message]));
  for (const message of read) {
    const known = before[message.ts];
    next[message.ts] = known !== undefined && JSON.stringify(known) === JSON.stringify(message) ? known : message;
  }
  return { ...state, messages: { ...state.messages, [channel]: next }, loaded: { ...state.loaded, [key]: true } };
}
