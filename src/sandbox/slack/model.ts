import type { World } from "../shared/world.ts";
import type { ClientEvent } from "./client-api.ts";

/** What the sandbox's Slack remembers. Plain records; the verbs around them live in files of their own. */

export type Fields = Record<string, unknown>;

export interface Person {
  id: string;
  name: string;
  realName: string;
  title: string;
  email?: string;
  /** Bots only. */
  botId?: string;
}

export interface Channel {
  id: string;
  name: string;
  topic: string;
  purpose: string;
  created: number;
  creator: string;
  members: Set<string>;
  isArchived: boolean;
  isDirect: boolean;
}

export interface Metadata {
  event_type: string;
  event_payload: Fields;
}

/** A value as Slack puts it under `state.values[block_id][action_id]`. */
export type InputState = { type: string } & Fields;
export type StateValues = Record<string, Record<string, InputState>>;

export interface Message {
  ts: string;
  channel: string;
  user: string;
  text: string;
  botId?: string;
  blocks?: Fields[];
  attachments?: unknown[];
  threadTs?: string;
  broadcast?: boolean;
  subtype?: string;
  edited?: { user: string; ts: string };
  metadata?: Metadata;
  clientMsgId?: string;
  reactions: { name: string; users: string[] }[];
  /** Set: only this person sees it, and it is in no history. */
  ephemeralTo?: string;
  /** What people have chosen in the message's menus. */
  state: StateValues;
}

export interface View {
  id: string;
  type: "modal" | "home";
  person: string;
  hash: string;
  blocks: Fields[];
  /** title, submit, close, private_metadata, callback_id, external_id, clear_on_close, notify_on_close as given. */
  given: Fields;
  state: StateValues;
  rootViewId: string;
  previousViewId?: string;
}

export interface UserGroup {
  id: string;
  handle: string;
  name: string;
  description: string;
  users: string[];
}

export interface Trigger {
  person: string;
  expires: number;
  used: boolean;
  /** Where the interaction happened in a modal: views.push is allowed then. */
  viewId?: string;
}

export interface ResponseUrl {
  person: string;
  channel: string;
  threadTs?: string;
  /** The message that was clicked, which replace_original and delete_original mean. */
  messageTs?: string;
  uses: number;
  expires: number;
}

export interface Command {
  command: string;
  description: string;
  usageHint: string;
}

export interface Failure {
  method: string;
  error: string;
  retryAfter?: number;
}

/** What Slack sends to the app. `acceptsResponse` is what Socket Mode calls accepts_response_payload. */
export interface Envelope {
  type: "slash_commands" | "interactive" | "events_api";
  payload: Fields;
  acceptsResponse: boolean;
}

/** `failed` carries the code that Slack shows to the person. */
export type Acknowledgement = { state: "acked"; payload: unknown } | { state: "failed"; error: string };

export type Audience = { channel: string } | { person: string };

/** Everything that the verbs of this directory work on. */
export interface Slack {
  world: World;
  team: { id: string; name: string; domain: string };
  app: { id: string; name: string; botUserId: string; botId: string; verificationToken: string };
  tokens: { bot: string; app: string; signingSecret: string; revoked: boolean };
  scopes: Set<string>;
  /** Event types of the Events API that the app has subscribed to, as in an app manifest's bot_events. */
  subscriptions: Set<string>;
  /** False: an older workspace, which refuses plan and task_card. */
  planBlocks: boolean;
  /** How long the app has to acknowledge, in real milliseconds: the app's own work is not simulated. */
  acknowledgeWithin: number;
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  userGroups: Map<string, UserGroup>;
  commands: Command[];
  /** By channel, oldest first. */
  messages: Map<string, Message[]>;
  views: Map<string, View>;
  /** A person's open modals, the visible one last. */
  stacks: Map<string, string[]>;
  homes: Map<string, string>;
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  /** One-time tickets that apps.connections.open handed out. */
  tickets: Set<string>;
  failures: Failure[];
  /** http://host:port, set once the server listens. */
  address: string;
  nextTs(): string;
  id(prefix: string): string;
  text(length: number): string;
  emit(audience: Audience, event: ClientEvent): void;
  deliver(envelope: Envelope): Promise<Acknowledgement>;
  /** Takes one call from the published rate limits: seconds to wait when it is over one. */
  throttle(method: string, channel?: string): number | undefined;
}
