import type { ClientEvent, ClientMessage, ClientState, ClientView } from "../../../slack/client-api.ts";
import type { WorldView } from "../../world-view.ts";

/** What the middle of the window shows. */
export type Place = { kind: "channel"; id: string } | { kind: "app"; id: string; tab: "home" | "messages" };

export interface ThreadPlace {
  channel: string;
  ts: string;
}

/** Everything the page shows; only reduce.ts makes a new one. */
export interface State {
  person?: string;
  connection: "connecting" | "open" | "lost";
  client?: ClientState;
  place?: Place;
  thread?: ThreadPlace;
  /** By channel, then by ts; roots, replies and ephemeral ones together. */
  messages: Record<string, Record<string, ClientMessage>>;
  /** Channels and threads (`channel/ts`) whose history has been read. */
  loaded: Record<string, true>;
  unread: Record<string, number>;
  typing: Record<string, string[]>;
  homes: Record<string, ClientView>;
  /** The last one is on top. */
  modals: ClientView[];
  /** On a narrow window: whether the sidebar covers the place. */
  sidebarOpen: boolean;
  switcherOpen: boolean;
  world?: WorldView;
  worldOpen: boolean;
  theme: Theme;
  /** A word about something that went wrong in the page itself. */
  trouble?: string;
}

export type Theme = "system" | "light" | "dark";

export type Change =
  | { type: "signed_in"; client: ClientState }
  | { type: "connection"; connection: State["connection"] }
  /** `asked` are the channel's messages at the moment the question was sent. */
  | { type: "channel_read"; channel: string; asked: State["messages"][string]; messages: ClientMessage[] }
  | { type: "thread_read"; channel: string; ts: string; asked: State["messages"][string]; messages: ClientMessage[] }
  | { type: "went"; place: Place; thread?: ThreadPlace }
  | { type: "thread"; thread?: ThreadPlace }
  | { type: "event"; event: ClientEvent }
  | { type: "modal_closed"; viewId: string }
  | { type: "sidebar"; open: boolean }
  | { type: "switcher"; open: boolean }
  | { type: "world"; world: WorldView }
  | { type: "world_open"; open: boolean }
  | { type: "theme"; theme: Theme }
  | { type: "trouble"; text?: string };

export function initialState(theme: Theme): State {
  return {
    connection: "connecting",
    messages: {},
    loaded: {},
    unread: {},
    typing: {},
    homes: {},
    modals: [],
    sidebarOpen: false,
    switcherOpen: false,
    worldOpen: false,
    theme,
  };
}
