import type { LogLines } from "./log-lines.ts";

export type ContainerState =
  | { waiting: { reason: string; message?: string } }
  | { running: { startedAt: string } }
  | { terminated: Terminated };

export interface Terminated {
  containerID: string;
  exitCode: number;
  message?: string;
  finishedAt: string;
  reason: string;
  startedAt: string;
}

/** What the kubelet knows of one container of a pod. */
export interface ContainerRecord {
  name: string;
  image: string;
  imageID: string;
  containerID?: string;
  state: ContainerState;
  lastState: ContainerState | Record<string, never>;
  ready: boolean;
  started: boolean;
  restartCount: number;
  log: LogLines;
  previousLog?: LogLines;
  /** Where the process listens on this machine, while one runs. */
  port?: number;
  /** What it is taken to listen on in its pod; undefined: whatever it is asked for. */
  listensOn?: readonly number[];
}
