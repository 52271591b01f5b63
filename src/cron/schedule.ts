import cron, { type ScheduledTask } from "node-cron";
import type { Log } from "../project/log.ts";
import { jobs as all } from "./index.ts";
import type { Job, JobContext } from "./job.ts";

/** Starts every job; one that still runs when its time comes again is not started twice. */
export function schedule(context: JobContext, log: Log, jobs: readonly Job[] = all): { stop(): Promise<void> } {
  const tasks: ScheduledTask[] = jobs.map((job) =>
    cron.schedule(
      job.schedule,
      async () => {
        try {
          await job.run(context);
        } catch (error) {
          log.warn({ job: job.name, error }, "job failed");
        }
      },
      { name: job.name, noOverlap: true },
    ),
  );
  return {
    stop: async () => {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}
