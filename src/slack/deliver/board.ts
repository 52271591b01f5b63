import type { MessageRecord, Project } from "../../project/project.ts";

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
  /** Messages that somebody deleted, or that Slack takes in no form: left alone. */
  abandoned: Set<string>;
  /** Messages whose blocks are refused in every dialect: sent as text. */
  plain: Set<string>;
  /** When the controller last spoke of it. */
  shownAt: Date;
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
    abandoned: new Set(),
    plain: new Set(),
    shownAt: now,
  };
  board.project = project;
  board.troubled = project.status.slack !== undefined;
  board.shownAt = now;
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
