/**
 * What a person's Slack client (the console's page, the headless run) asks of the sandbox's Slack.
 * Served by the Slack part under `/client/`; in the same process it is the `Workspace` of workspace.ts with the same shapes.
 *
 *   GET  /client/state?person=U…                     → ClientState
 *   GET  /client/channels/:channel/messages          → { messages: ClientMessage[] }   (roots, oldest first)
 *   GET  /client/channels/:channel/threads/:ts       → { messages: ClientMessage[] }   (the root first)
 *   POST /client/say      { person, channel, text, thread_ts? }        text that begins with "/" is a slash command
 *   POST /client/click    { person, channel?, message_ts?, view_id?, block_id, action_id, value?, selected?, values? }
 *   POST /client/submit   { person, view_id, values }                  → { errors?: Record<block_id, string> } | {}
 *   POST /client/close    { person, view_id }
 *   POST /client/suggest  { person, view_id?, channel?, message_ts?, block_id, action_id, value } → { options }
 *   POST /client/home     { person }                                   app_home_opened is sent
 *   WS   /client/events?person=U…                    ← ClientEvent, JSON, one a frame
 *
 * `values` are what stands in a modal's fields: by block_id the field's value, or by block_id and action_id. A value is
 * the text, the option's value, a list of these, null, or Slack's own state value. `value` of a click is the clicked
 * option's (overflow, select) or the text of an input that dispatches; `selected` the same for elements that take several.
 * A modal is gone when `view_closed` says so: after a submit that the app did not answer it stays, with a `notice`.
 * `person` and `channel` are ids or names (`ada`, `#launches`). A wrong request answers 400 with { error }.
 */
export interface ClientState {
  team: { id: string; name: string; domain: string };
  me: ClientPerson;
  people: ClientPerson[];
  channels: {
    id: string;
    name: string;
    topic: string;
    isMember: boolean;
    isArchived: boolean;
    isDirect: boolean;
    withPerson?: string;
  }[];
  apps: { id: string; name: string; botUserId: string }[];
  commands: { command: string; description: string; usageHint: string }[];
}

export interface ClientPerson {
  id: string;
  name: string;
  realName: string;
  isBot: boolean;
}

/** Fields are named as Slack names them, so that a message can be compared with what the Web API returned. */
export interface ClientMessage {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks?: unknown[];
  attachments?: unknown[];
  thread_ts?: string;
  reply_count?: number;
  latest_reply?: string;
  edited?: { user: string; ts: string };
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  reactions?: { name: string; count: number; users: string[] }[];
  /** Seen by one person only; never in history. */
  ephemeral?: boolean;
  subtype?: string;
}

/** A view as Slack returns it from views.open: type, title, submit, close, blocks, state, private_metadata, callback_id … */
export interface ClientView {
  id: string;
  type: "modal" | "home";
  title?: { type: "plain_text"; text: string };
  submit?: { type: "plain_text"; text: string };
  close?: { type: "plain_text"; text: string };
  blocks: unknown[];
  hash: string;
  callback_id?: string;
  root_view_id?: string;
  /** What stands in the fields as Slack knows it: `values[block_id][action_id]`. */
  state?: { values: Record<string, Record<string, Record<string, unknown>>> };
}

export type ClientEvent =
  | { type: "message"; message: ClientMessage }
  | { type: "message_changed"; message: ClientMessage }
  | { type: "message_deleted"; channel: string; ts: string }
  | { type: "view_opened"; view: ClientView }
  | { type: "view_pushed"; view: ClientView }
  | { type: "view_updated"; view: ClientView }
  | { type: "view_closed"; viewId: string }
  | { type: "home_published"; view: ClientView }
  /** Slack's own words to the person, as "/project failed with the error dispatch_failed". */
  | { type: "notice"; channel?: string; text: string }
  | { type: "typing"; channel: string; user: string };
