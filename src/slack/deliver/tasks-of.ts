import type { MessageRecord } from "../../project/project.ts";
import type { DesiredMessage } from "../thread.ts";
import type { Board } from "./board.ts";

export type Task =
  /** Nobody recorded it, but it may have been posted: before a crash, or without an answer. Or twice. */
  | { kind: "look"; board: Board; message: DesiredMessage; root: string | undefined; due?: Date }
  | { kind: "post"; board: Board; message: DesiredMessage; root: string | undefined }
  | { kind: "update"; board: Board; message: DesiredMessage; record: MessageRecord }
  /** The same, only that the clock has gone on. */
  | { kind: "refresh"; board: Board; message: DesiredMessage; record: MessageRecord; due: Date }
  /** A copy of it. */
  | { kind: "remove"; board: Board; message: DesiredMessage; ts: string };

/** What separates the messages that should be from those that are. */
export function tasksOf(board: Board, desired: DesiredMessage[]): Task[] {
  return desired.flatMap((message): Task[] => {
    const { key } = message;
    const copies = [...board.surplus].filter(([, copied]) => copied === key);
    return [...copies.map(([ts]): Task => ({ kind: "remove", board, message, ts })), ...taskOf(message, board)];
  });
}

function taskOf(message: DesiredMessage, board: Board): Task[] {
  const { key, replyTo, refreshEvery } = message;
  if (board.abandoned.has(key)) return [];
  const record = board.records.get(key);
  const root = replyTo === undefined ? undefined : board.records.get(replyTo)?.ts;
  if (record) {
    if (record.digest !== message.digest) return [{ kind: "update", board, message, record }];
    const check = board.checks.get(key);
    const checked: Task[] = check ? [{ kind: "look", board, message, root, due: check.due }] : [];
    if (refreshEvery === undefined) return checked;
    const due = new Date(new Date(record.at).getTime() + refreshEvery);
    return [...checked, { kind: "refresh", board, message, record, due }];
  }
  // A reply waits for its root.
  if (replyTo !== undefined && root === undefined) return [];
  const isNews = root !== undefined && board.toldSince !== undefined && message.since >= board.toldSince;
  if (!isNews && !board.looked.has(root ?? "")) return [{ kind: "look", board, message, root }];
  const doubt = board.doubts.get(key);
  return [doubt ? { kind: "look", board, message, root, due: doubt.due } : { kind: "post", board, message, root }];
}
