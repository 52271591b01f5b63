import type { Projects } from "../project/ports/projects.ts";

/** Something done by the clock: it enqueues or refreshes, the reconcile does the rest. */
export interface Job {
  name: string;
  /** As node-cron reads it; six fields begin with seconds. */
  schedule: string;
  run(context: JobContext): Promise<void>;
}

export interface JobContext {
  projects: Pick<Projects, "list">;
  enqueue: (project: string) => void;
}
