import type { ClientMessage } from "../../../slack/client-api.ts";
import { placeChannel } from "./place-channel.ts";
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
      return withHistory(state, change, (message) => !isReply(message), change.channel);
    case "thread_read": {
      const inThread = (message: ClientMessage) => message.ts === change.ts || message.thread_ts === change.ts;
      return withHistory(state, change, inThread, `${change.channel}/${change.ts}`);
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

function isReply(message: ClientMessage): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

type Messages = State["messages"][string];

/**
 * What was read replaces what it covers, except for what has come, changed or gone since `asked`: an event may
 * overtake the answer to an older question. Ephemeral messages are in no history and stay.
 */
function withHistory(
  state: State,
  read: { channel: string; asked: Messages; messages: ClientMessage[] },
  covers: (message: ClientMessage) => boolean,
  key: string,
): State {
  const { channel, asked } = read;
  const now = state.messages[channel] ?? {};
  const stays = (message: ClientMessage) =>
    message.ephemeral === true || !covers(message) || message !== asked[message.ts];
  const next = Object.fromEntries(
    Object.values(now)
      .filter(stays)
      .map((message) => [message.ts, message]),
  );
  for (const message of read.messages) {
    const known = now[message.ts];
    const isOvertaken = known !== asked[message.ts];
    if (isOvertaken) continue;
    next[message.ts] = known !== undefined && JSON.stringify(known) === JSON.stringify(message) ? known : message;
  }
  return { ...state, messages: { ...state.messages, [channel]: next }, loaded: { ...state.loaded, [key]: true } };
}
