import type { Job } from "./job.ts";

/** A webhook that never came is made good by reading: what is under way is looked at each half minute. */
export const syncRunning: Job = {
  name: "sync-running",
  schedule: "*/30 * * * * *",
  async run({ projects, enqueue }) {
    for (const { metadata, status } of await projects.list()) {
      const running =
        status.phase === "Launching" ||
        status.phase === "Removing" ||
        status.deploys.some(({ state }) => state === "running");
      if (running) enqueue(metadata.name);
    }
  },
};
