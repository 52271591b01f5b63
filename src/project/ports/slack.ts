import type { MessageRecord, Project } from "../project.ts";

/** The second thing that is reconciled: what should be posted for a project. Implemented in src/slack. */
export interface Messenger {
  /**
   * Says what a project's messages should be now; returns at once. The latest wins: pacing and retries are the
   * sender's. Each message that was posted or edited is told by the `onDelivered` it was made with. `readAt`: the project was
   * read then, and whatever was shown since is newer and stays.
   */
  show(project: Project, readAt?: Date): void;
  /** Tells who asked for it why it was not launched: a project that never began has no thread. */
  refuse(project: Project): Promise<void>;
  /** Of one that is over: was all of it shown since, and nothing of that is left to be told? */
  told(project: Project): boolean;
}

/**
 * Told by the messenger, recorded by the controller in `status.messages` / `status.slack`: of the Project with this uid, and
 * of no later one of its name.
 */
export type Delivered =
  | { project: string; uid: string; key: string; record: MessageRecord }
  | { project: string; uid: string; problem: { code: SlackProblemCode; detail: string } | undefined };

export type SlackProblemCode =
  | "slack-not-in-channel"
  | "slack-archived"
  | "slack-scope-missing"
  | "slack-unreachable"
  | "slack-token-invalid";
