import { AsyncLocalStorage } from "node:async_hooks";
import { keptMessages } from "../../project/kept-messages.ts";
import type { MessageRecord, Project } from "../../project/project.ts";
import type { DesiredMessage } from "../thread.ts";

/** What is known of one project's messages. */
export interface Board {
  name: string;
  uid: string;
  /** What is to be told; undefined once all is as it should be, elapsed time included, until the next `show`. */
  project: Project | undefined;
  /** Its status tells that Slack did not take something. */
  troubled: boolean;
  records: Map<string, MessageRecord>;
  /** Where was looked for messages that nobody recorded: "" is the channel, else a root's ts. */
  looked: Set<string>;
  /**
   * Messages whose post was not answered, by key: where they would be, when to look for them next, and until when not
   * to be seen there proves nothing, since Slack may be late and its history behind.
   */
  doubts: Map<string, { place: string; due: Date; until: Date }>;
  /** Those of them that were not found: posted once more, they may come twice. */
  repeated: Set<string>;
  /** When to look whether they did. */
  checks: Map<string, { place: string; due: Date }>;
  /** Copies that were found, to be removed: ts → key. */
  surplus: Map<string, string>;
  /** Messages that somebody deleted, or that Slack takes in no form: left alone. */
  abandoned: Set<string>;
  /** Messages whose blocks are refused in every dialect: sent as text. */
  plain: Set<string>;
  /** Since when nothing of it is unrecorded: what began later cannot have been posted by whoever led before. */
  toldSince: Date | undefined;
  /** What should be of it, as it was put in words a moment ago. */
  drawn: { project: Project; clusterAwaited: Date | undefined; at: Date; desired: DesiredMessage[] } | undefined;
  /** When the controller last spoke of it. */
  shownAt: Date;
  /** Makes a call in the leader's term in which it spoke: refused once that is over. */
  inTerm: <T>(call: () => T) => T;
}

/** The same Project object's board, brought up to what is recorded now. */
export function boardOf(known: Board | undefined, project: Project, now: Date): Board {
  const board: Board = known ?? {
    name: project.metadata.name,
    uid: uidOf(project),
    project,
    troubled: false,
    records: new Map(),
    looked: new Set(),
    doubts: new Map(),
    repeated: new Set(),
    checks: new Map(),
    surplus: new Map(),
    abandoned: new Set(),
    plain: new Set(),
    toldSince: undefined,
    drawn: undefined,
    shownAt: now,
    inTerm: AsyncLocalStorage.snapshot(),
  };
  board.project = project;
  board.troubled = project.status.slack !== undefined;
  board.shownAt = now;
  board.inTerm = AsyncLocalStorage.snapshot();
  for (const [key, record] of Object.entries(project.status.messages)) {
    const ours = board.records.get(key);
    // Another replica has been telling it in between: what it did not record yet is to be looked for.
    if (!ours && known) {
      board.looked.clear();
      board.toldSince = undefined;
    }
    // What was sent a moment ago may not be recorded yet.
    if (!ours || record.at > ours.at) board.records.set(key, record);
  }
  forget(board, project);
  return board;
}

/** What is told no more, here as in status: a process runs for months. */
function forget(board: Board, { status }: Project): void {
  const kept = keptMessages(Object.fromEntries(board.records), status);
  for (const [key, { ts }] of board.records) {
    if (key in kept) continue;
    board.looked.delete(ts);
    for (const known of [board.records, board.doubts, board.repeated, board.checks, board.abandoned, board.plain])
      known.delete(key);
  }
}

export function uidOf(project: Project): string {
  return project.metadata.uid ?? project.metadata.name;
}
