import type { ClientEvent, ClientMessage, ClientView } from "../../../slack/client-api.ts";
import { placeChannel } from "./place-channel.ts";
import type { State } from "./state.ts";

/** What an event of the person's client changes. */
export function reduceEvent(state: State, event: ClientEvent): State {
  switch (event.type) {
    case "message":
      return withMessage(state, event.message);
    case "message_changed":
      return put(state, event.message);
    case "message_deleted": {
      const { [event.ts]: _gone, ...rest } = state.messages[event.channel] ?? {};
      return { ...state, messages: { ...state.messages, [event.channel]: rest } };
    }
    case "view_opened":
      return { ...state, modals: [event.view] };
    case "view_pushed":
      return { ...state, modals: [...state.modals.filter(({ id }) => id !== event.view.id), event.view] };
    case "view_updated":
      return { ...state, modals: state.modals.map((view) => (view.id === event.view.id ? event.view : view)) };
    case "view_closed":
      return { ...state, modals: state.modals.filter(({ id }) => id !== event.viewId) };
    case "home_published":
      return { ...state, homes: { ...state.homes, [appOf(state, event.view)]: event.view } };
    case "notice":
      return withNotice(state, event.channel ?? placeChannel(state), event.text);
    case "typing": {
      const others = state.typing[event.channel]?.filter((user) => user !== event.user) ?? [];
      return { ...state, typing: { ...state.typing, [event.channel]: [...others, event.user] } };
    }
  }
}

function put(state: State, message: ClientMessage): State {
  const channel = { ...state.messages[message.channel], [message.ts]: message };
  return { ...state, messages: { ...state.messages, [message.channel]: channel } };
}

function withMessage(state: State, message: ClientMessage): State {
  const { channel, ts, thread_ts: rootTs, user } = message;
  const isNew = state.messages[channel]?.[ts] === undefined;
  let next = put(state, message);
  const root = rootTs === undefined || rootTs === ts ? undefined : state.messages[channel]?.[rootTs];
  if (isNew && root !== undefined && message.ephemeral !== true && ts > (root.latest_reply ?? "")) {
    next = put(next, { ...root, reply_count: (root.reply_count ?? 0) + 1, latest_reply: ts });
  }
  const typing = state.typing[channel]?.filter((id) => id !== user);
  if (typing !== undefined) next = { ...next, typing: { ...next.typing, [channel]: typing } };
  if (!isNew || user === state.person || channel === placeChannel(state) || root !== undefined) return next;
  return { ...next, unread: { ...next.unread, [channel]: (next.unread[channel] ?? 0) + 1 } };
}

/** Slack tells such things as a message of its own that only this person sees. */
function withNotice(state: State, channel: string | undefined, text: string): State {
  if (channel === undefined) return { ...state, trouble: text };
  const latest = Object.keys(state.messages[channel] ?? {})
    .sort()
    .at(-1);
  const ts = `${latest ?? "0"}.notice`;
  return put(state, { ts, channel, user: "", text, ephemeral: true, subtype: "notice" });
}

/** Slack's views carry `app_id`; with a single app there is nothing to tell apart. */
function appOf(state: State, view: ClientView): string {
  const appId = "app_id" in view && typeof view.app_id === "string" ? view.app_id : undefined;
  return appId ?? state.client?.apps[0]?.id ?? "";
}
