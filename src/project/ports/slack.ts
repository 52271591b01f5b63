import type { MessageRecord, Project } from "../project.ts";

/** The second thing that is reconciled: what should be posted for a project. Implemented in src/slack. */
export interface Messenger {
  /**
   * Says what a project's messages should be now; returns at once. The latest wins: pacing and retries are the
   * sender's. Each message that was posted or edited is told by the `onDelivered` it was made with.
   */
  show(project: Project): void;
}

/** Told by the messenger, recorded by the controller in `status.messages` / `status.slack`. */
export type Delivered =
  | { project: string; key: string; record: MessageRecord }
  | { project: string; problem: { code: SlackProblemCode; detail: string } | undefined };

export type SlackProblemCode =
  | "slack-not-in-channel"
  | "slack-archived"
  | "slack-scope-missing"
  | "slack-unreachable"
  | "slack-token-invalid";
