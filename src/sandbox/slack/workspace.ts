import type { ClientEvent, ClientMessage, ClientState } from "./client-api.ts";
import type { DisconnectReason } from "./delivery/create-socket-mode.ts";
import type { Click } from "./people/click.ts";
import type { Submitted } from "./people/submit.ts";
import type { Values } from "./people/take-values.ts";

/**
 * The workspace in the same process: what a person's client does (the same as over HTTP under /client/), and what a
 * test or a scenario does to the workspace. `person` and `channel` are ids or names: `ada`, `launches`, `#launches`.
 * A reference to nothing throws.
 */
export interface Workspace {
  /** The person who sits before the sandbox. */
  readonly you: string;

  // What a person sees.
  state(person?: string): ClientState;
  /** Roots, oldest first; nothing ephemeral. */
  messages(channel: string): ClientMessage[];
  /** The root first. */
  thread(channel: string, ts: string): ClientMessage[];
  /** Everything that `person` sees happen, or with `undefined` what anybody sees, once. Returns the end of it. */
  events(person: string | undefined, listener: (event: ClientEvent) => void): () => void;

  // What a person does. Each resolves when the app has acknowledged or failed to, which is a `notice` event.
  say(given: { person: string; channel: string; text: string; thread_ts?: string | undefined }): Promise<void>;
  click(given: Click & { person: string }): Promise<void>;
  submit(given: { person: string; view_id: string; values: Values }): Promise<Submitted>;
  close(given: { person: string; view_id: string }): Promise<void>;
  suggest(given: {
    person: string;
    view_id?: string | undefined;
    channel?: string | undefined;
    message_ts?: string | undefined;
    block_id: string;
    action_id: string;
    value: string;
  }): Promise<{ options: unknown[] }>;
  openHome(person: string): void;
  /** The direct messages of a person and the bot: the channel's id. */
  openDirect(person: string): string;

  // What happens to a workspace. `person` of the first four: the bot when left out.
  invite(channel: string, person?: string): void;
  remove(channel: string, person?: string): void;
  archive(channel: string): void;
  unarchive(channel: string): void;
  createChannel(name: string): string;
  /** Takes scopes from the app or gives them back: calls that need them answer missing_scope. */
  revokeScope(scope: string): void;
  grantScope(scope: string): void;
  /** From now on every call answers token_revoked; false: the tokens work again. */
  revokeTokens(revoked?: boolean): void;
  /** False: plan and task_card are refused with invalid_blocks, as an older workspace does. */
  setPlanBlocks(understood: boolean): void;
  /** The next `times` calls of `method` answer this error; `ratelimited` with HTTP 429 and Retry-After. */
  failNext(method: string, error: string, options?: { retryAfter?: number; times?: number }): void;

  // The connection to the app.
  /** Open Socket Mode connections. */
  connections(): number;
  /** Resolves once `count` (default 1) connections are open. */
  connected(count?: number): Promise<void>;
  /** Resolves once none is open. */
  disconnected(): Promise<void>;
  /** Asks the connections to come back, as Slack does; `cut` ends them without a word. */
  disconnect(reason?: DisconnectReason | "cut"): void;
  /** HTTP delivery to this request URL, verified first; `undefined`: Socket Mode. */
  deliverTo(url: string | undefined): Promise<void>;
}
