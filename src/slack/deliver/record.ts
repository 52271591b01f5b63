import type { MessageRecord } from "../../project/project.ts";
import type { Board } from "./board.ts";
import type { Sender } from "./lane.ts";

/** Notes what stands in Slack now, and tells whoever writes it down. */
export function record(board: Board, key: string, made: MessageRecord, sender: Sender): void {
  board.records.set(key, made);
  sender.onDelivered({ project: board.name, uid: board.uid, key, record: made });
}
