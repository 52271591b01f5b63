import type { RecordedCall } from "../shared/world.ts";

/** What the console's drawer shows of the world behind the chat: read as a whole, replaced as a whole. */
export interface WorldView {
  clock: { now: string; speed: number };
  scenarios: ScenarioView[];
  repositories: RepositoryView[];
  objects: ObjectView[];
  /** The last ones, newest last; at most 200. */
  calls: CallView[];
  links: WorldLink[];
}

export interface ScenarioView {
  name: string;
  title: string;
  description?: string;
  active: boolean;
}

export interface RepositoryView {
  fullName: string;
  url: string;
  cloneUrl: string;
  headSha?: string;
  runs: RunView[];
}

/** `status` and `conclusion` are GitHub's words: queued, in_progress, completed; success, failure, cancelled. */
export interface RunView {
  id: number;
  number: number;
  name?: string;
  url?: string;
  status: string;
  conclusion: string | null;
  jobs: { name: string; status: string; conclusion: string | null; steps: StepView[] }[];
}

export interface StepView {
  name: string;
  status: string;
  conclusion: string | null;
}

export interface ObjectView {
  kind: string;
  /** Absent for what belongs to the whole cluster. */
  namespace?: string;
  name: string;
  /** A word for how it is: "ready", "progressing" and "failed" are coloured, anything else is shown as it is. */
  state: string;
  message?: string;
}

/** A recorded call as JSON carries it. */
export type CallView = Omit<RecordedCall, "at"> & { at: string };

/** `href` for what a browser can open; without it `text` is something to copy (a kubeconfig's path, a command). */
export interface WorldLink {
  title: string;
  text: string;
  href?: string;
}

/** What the drawer's controls do. */
export interface WorldActions {
  setSpeed(speed: number): void | Promise<void>;
  startScenario(name: string): void | Promise<void>;
  stopScenario(name: string): void | Promise<void>;
}
