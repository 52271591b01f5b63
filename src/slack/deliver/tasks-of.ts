import type { MessageRecord } from "../../project/project.ts";
import type { DesiredMessage } from "../thread.ts";
import type { Board } from "./board.ts";

export type Task =
  /** Nobody recorded it, but it may have been posted before a crash. */
  | { kind: "look"; board: Board; message: DesiredMessage; root: string | undefined }
  | { kind: "post"; board: Board; message: DesiredMessage; root: string | undefined }
  | { kind: "update"; board: Board; message: DesiredMessage; record: MessageRecord }
  /** The same, only that the clock has gone on. */
  | { kind: "refresh"; board: Board; message: DesiredMessage; record: MessageRecord; due: Date };

/** What separates the messages that should be from those that are. */
export function tasksOf(board: Board, desired: DesiredMessage[]): Task[] {
  return desired.flatMap((message): Task[] => {
    if (board.abandoned.has(message.key)) return [];
    const record = board.records.get(message.key);
    if (record) {
      if (record.digest !== message.digest) return [{ kind: "update", board, message, record }];
      if (message.refreshEvery === undefined) return [];
      const due = new Date(new Date(record.at).getTime() + message.refreshEvery);
      return [{ kind: "refresh", board, message, record, due }];
    }
    const root = message.replyTo === undefined ? undefined : board.records.get(message.replyTo)?.ts;
    // A reply waits for its root.
    if (message.replyTo !== undefined && root === undefined) return [];
    return [{ kind: board.looked.has(root ?? "") ? "post" : "look", board, message, root }];
  });
}
