import type { MessageRecord } from "../../project/project.ts";
import type { Board } from "./board.ts";
import { findPosted } from "./find-posted.ts";
import type { Lane, Sender } from "./lane.ts";
import { post, update } from "./send.ts";
import type { Task } from "./tasks-of.ts";

/** One call of Slack's, and what is known after it. Rejects as the client does. */
export async function perform(task: Task, lane: Lane, sender: Sender): Promise<void> {
  const { board, message } = task;
  const now = sender.clock.now();
  const at = now.toISOString();
  const dialect = board.plain.has(message.key) ? ("text" as const) : sender.dialect;
  const addressed = { message, dialect, project: board.name, uid: board.uid };

  switch (task.kind) {
    case "look": {
      sender.looks.take(now);
      const { channel } = lane;
      const root = task.root !== undefined && { root: task.root };
      const found = await findPosted(sender.client, { channel, uid: board.uid, since: message.since, ...root });
      board.looked.add(task.root ?? "");
      for (const [key, ts] of found) {
        // Whatever it said then, it is to say what is true now.
        if (!board.records.has(key)) record(board, key, { channel, ts, digest: "found", at }, sender);
      }
      return;
    }
    case "post": {
      lane.posts.take(now);
      const ts = await post(sender.client, addressed, task.root);
      // Nothing of ours can be in its thread yet.
      if (task.root === undefined) board.looked.add(ts);
      record(board, message.key, { channel: message.channel, ts, digest: message.digest, at }, sender);
      return;
    }
    case "update":
    case "refresh": {
      sender.updates.take(now);
      await update(sender.client, addressed, task.record);
      record(board, message.key, { ...task.record, digest: message.digest, at }, sender);
    }
  }
}

function record(board: Board, key: string, made: MessageRecord, sender: Sender): void {
  board.records.set(key, made);
  sender.onDelivered({ project: board.name, key, record: made });
}
