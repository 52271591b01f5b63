import type { ClientMessage, ClientState } from "../../../slack/client-api.ts";
import type { WorldView } from "../../world-view.ts";
import type { ElementState, ViewValues } from "../elements/element-state.ts";

/** Where something was clicked: in a message or in a view. */
export interface Spot {
  channel?: string;
  message_ts?: string;
  view_id?: string;
}

/** An option as the page draws it; the rest of what Slack allows goes along untouched. */
export interface Option {
  text: { type: string; text: string };
  value?: string;
  description?: { text: string };
  url?: string;
}

export interface OptionGroup {
  label: { text: string };
  options: Option[];
}

export interface Suggestions {
  options?: Option[];
  option_groups?: OptionGroup[];
}

export interface Click extends Spot {
  block_id: string;
  action_id: string;
  value?: string;
  selected?: unknown;
  /** What stands in the surface's inputs, as Slack's `state.values`. */
  values?: ViewValues;
  state?: ElementState;
}

export type Client = ReturnType<typeof createClient>;

/** What the page asks of the sandbox's Slack and of its world (`/client/*` is slack/client-api.ts), as `person`. */
export function createClient(person: string) {
  const asPerson = <T>(path: string, body: object) => send<T>(path, { person, ...body });
  return {
    messages: (channel: string) =>
      read<{ messages: ClientMessage[] }>(`/client/channels/${channel}/messages?person=${person}`),
    thread: (channel: string, ts: string) =>
      read<{ messages: ClientMessage[] }>(`/client/channels/${channel}/threads/${ts}?person=${person}`),
    say: (channel: string, text: string, thread_ts?: string) => asPerson("/client/say", { channel, text, thread_ts }),
    click: (click: Click) => asPerson("/client/click", click),
    submit: (view_id: string, values: ViewValues) =>
      asPerson<{ errors?: Record<string, string> }>("/client/submit", { view_id, values }),
    close: (view_id: string) => asPerson("/client/close", { view_id }),
    suggest: (spot: Spot & { block_id: string; action_id: string; value: string }) =>
      asPerson<Suggestions>("/client/suggest", spot),
    home: (app: string) => asPerson("/client/home", { app }),
  };
}

/** Without a person the sandbox's Slack chooses who one is. */
export function signIn(person: string | undefined): Promise<ClientState> {
  return read<ClientState>(`/client/state${person === undefined ? "" : `?person=${person}`}`);
}

export function readWorld(): Promise<WorldView> {
  return read<WorldView>("/world");
}

export function changeWorld(action: "speed" | "start-scenario" | "stop-scenario", body: object): Promise<unknown> {
  return send(`/world/${action}`, body);
}

// The shapes are those of the same repository's server, held by the contract tests of both sides: they are not
// checked again in the page.
async function read<T>(path: string): Promise<T> {
  return answer<T>(path, await fetch(path));
}

async function send<T>(path: string, body: object): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return answer<T>(path, await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answer<T>(path: string, response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) {
    const told =
      typeof body === "object" && body !== null && "error" in body ? String(body.error) : response.statusText;
    throw new Error(`${path}: ${told}`);
  }
  return body as T;
}
