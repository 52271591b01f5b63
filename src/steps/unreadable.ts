import type { Outcome } from "../project/outcome.ts";
import { paramsOfUnread, type Unread } from "../project/unread.ts";

/** What a step needs could not be read now: it waits, and is looked at again. */
export function unreadable(why: Unread): Extract<Outcome, { state: "waiting" }> {
  return { state: "waiting", reason: "Unreadable", params: paramsOfUnread(why) };
}
