import { findPosted, type Posted } from "./find-posted.ts";
import type { Lane, Sender } from "./lane.ts";
import { record } from "./record.ts";
import type { Task } from "./tasks-of.ts";

/** Between two looks for a message that may have been posted, and is not seen. */
const AGAIN_MS = 3_000;

/** Reads back what stands in a channel or thread: what nobody recorded is, what was in doubt is settled, copies go. */
export async function look(task: Extract<Task, { kind: "look" }>, lane: Lane, sender: Sender): Promise<void> {
  const { board, message, root } = task;
  const { channel } = lane;
  const asked = sender.clock.now();
  const place = root ?? "";
  sender.looks.take(asked);
  const where = { channel, uid: board.uid, since: message.since, ...(root !== undefined && { root }) };
  const found = await findPosted(sender.client, where);
  board.looked.add(place);

  for (const [key, copies] of found) {
    board.doubts.delete(key);
    const kept = keptOf(copies, board.records.get(key)?.ts);
    if (!kept) continue;
    for (const { ts } of copies) if (ts !== kept.ts) board.surplus.set(ts, key);
    const at = asked.toISOString();
    // Whatever it said then, it is to say what is true now.
    if (board.records.get(key)?.ts !== kept.ts)
      record(board, key, { channel, ts: kept.ts, digest: "found", at }, sender);
  }

  for (const [key, doubt] of board.doubts) {
    if (doubt.place !== place) continue;
    if (asked < doubt.until) doubt.due = new Date(Math.min(doubt.until.getTime(), asked.getTime() + AGAIN_MS));
    // By now it would be seen; should it come all the same, its copy is removed.
    else board.doubts.delete(key);
  }
  for (const [key, check] of board.checks) if (check.place === place && check.due <= asked) board.checks.delete(key);
}

/** Of several the oldest, unless the thread is under another; undefined where what is recorded is none of them. */
function keptOf(copies: Posted[], recorded: string | undefined): Posted | undefined {
  if (recorded !== undefined && !copies.some(({ ts }) => ts === recorded)) return undefined;
  return copies.find(({ hasReplies }) => hasReplies) ?? copies[0];
}
