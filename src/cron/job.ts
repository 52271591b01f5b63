import type { Project } from "../project/project.ts";

/** Something done by the clock: it enqueues or refreshes, the reconcile does the rest. */
export interface Job {
  name: string;
  /** As node-cron reads it; six fields begin with seconds. */
  schedule: string;
  run(context: JobContext): Promise<void>;
}

/** Of a Project what tells whether it is under way. */
export interface Tracked {
  metadata: { name: string };
  status: Pick<Project["status"], "phase"> & { deploys: Pick<Project["status"]["deploys"][number], "state">[] };
}

export interface JobContext {
  projects: { list(): Promise<readonly Tracked[]> };
  enqueue: (project: string) => void;
}
