import type { ClientMessage } from "../../../slack/client-api.ts";
import type { State } from "../state/state.ts";

/** A channel's own messages, oldest first; a reply shows there too when it was broadcast. */
export function rootMessages(state: State, channel: string): ClientMessage[] {
  return sorted(state, channel).filter(
    ({ ts, thread_ts, subtype }) => thread_ts === undefined || thread_ts === ts || subtype === "thread_broadcast",
  );
}

/** A thread's root and replies, oldest first. */
export function threadMessages(state: State, channel: string, root: string): ClientMessage[] {
  return sorted(state, channel).filter(({ ts, thread_ts }) => ts === root || thread_ts === root);
}

function sorted(state: State, channel: string): ClientMessage[] {
  return Object.values(state.messages[channel] ?? {}).sort((one, other) => (one.ts < other.ts ? -1 : 1));
}
