import type { MessageRecord, Project } from "../../project/project.ts";

/** What is known of one project's messages. */
export interface Board {
  project: Project;
  uid: string;
  records: Map<string, MessageRecord>;
  /** Where was looked for messages that nobody recorded: "" is the channel, else a root's ts. */
  looked: Set<string>;
  /** Messages that somebody deleted, or that Slack takes in no form: left alone. */
  abandoned: Set<string>;
  /** Messages whose blocks are refused in every dialect: sent as text. */
  plain: Set<string>;
  /** When the controller last spoke of it. */
  shownAt: Date;
  /** All is as it should be, elapsed time included, until the next `show`. */
  settled: boolean;
}

/** The same Project object's board, brought up to what is recorded now. */
export function boardOf(known: Board | undefined, project: Project, now: Date): Board {
  const board: Board = known ?? {
    project,
    uid: uidOf(project),
    records: new Map(),
    looked: new Set(),
    abandoned: new Set(),
    plain: new Set(),
    shownAt: now,
    settled: false,
  };
  board.project = project;
  board.shownAt = now;
  board.settled = false;
  for (const [key, record] of Object.entries(project.status.messages)) {
    const ours = board.records.get(key);
    // Another replica has been telling it in between: what it did not record yet is to be looked for.
    if (!ours && known) board.looked.clear();
    // What was sent a moment ago may not be recorded yet.
    if (!ours || record.at > ours.at) board.records.set(key, record);
  }
  return board;
}

export function uidOf(project: Project): string {
  return project.metadata.uid ?? project.metadata.name;
}
