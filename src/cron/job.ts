import type { Project } from "../project/project.ts";

/** Something done by the clock: it enqueues or refreshes, the reconcile does the rest. */
export interface Job {
  name: string;
  /** As node-cron reads it; six fields begin with seconds. */
  schedule: string;
  run(context: JobContext): Promise<void>;
}

/** Of a Project what tells whether it is under way, and whether GitHub tells of it. */
export interface Tracked {
  metadata: { name: string };
  status: Pick<Project["status"], "phase"> & {
    deploys: Pick<Project["status"]["deploys"][number], "state">[];
    repository?: Pick<NonNullable<Project["status"]["repository"]>, "hookPinged"> | undefined;
  };
}

export interface JobContext {
  projects: { list(): Promise<readonly Tracked[]> };
  enqueue: (project: string) => void;
  now: () => Date;
}
