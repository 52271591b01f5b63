import type { Lane, Sender } from "./lane.ts";
import { look } from "./look.ts";
import { record } from "./record.ts";
import { post, remove, update } from "./send.ts";
import type { Task } from "./tasks-of.ts";

/** How long after a message was posted anew it is looked whether the first one came all the same. */
const CHECK_MS = 30_000;

/** One call of Slack's, and what is known after it. Rejects as the client does. */
export async function perform(task: Task, lane: Lane, sender: Sender): Promise<void> {
  const { board, message } = task;
  const now = sender.clock.now();
  const at = now.toISOString();
  const dialect = board.plain.has(message.key) ? ("text" as const) : sender.dialect;
  const addressed = { message, dialect, project: board.name, uid: board.uid };

  switch (task.kind) {
    case "look":
      return look(task, lane, sender);
    case "post": {
      lane.posts.take(now);
      const ts = await post(sender.client, addressed, task.root);
      // Nothing of ours can be in its thread yet.
      if (task.root === undefined) board.looked.add(ts);
      if (board.repeated.delete(message.key))
        board.checks.set(message.key, { place: task.root ?? "", due: new Date(now.getTime() + CHECK_MS) });
      return record(board, message.key, { channel: message.channel, ts, digest: message.digest, at }, sender);
    }
    case "update":
      sender.updates.take(now);
      await update(sender.client, addressed, task.record);
      return record(board, message.key, { ...task.record, digest: message.digest, at }, sender);
    case "refresh":
      sender.updates.take(now);
      await update(sender.client, addressed, task.record);
      // Told to nobody: what is recorded of it is as true as before, and a write and a pass would be for the clock alone.
      board.records.set(message.key, { ...task.record, at });
      return;
    case "remove":
      sender.updates.take(now);
      await remove(sender.client, { channel: lane.channel, ts: task.ts });
      board.surplus.delete(task.ts);
  }
}
