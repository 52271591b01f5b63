import type { Job } from "./job.ts";

/** A push that nobody told of is found within five minutes. */
export const syncAll: Job = {
  name: "sync-all",
  schedule: "*/5 * * * *",
  async run({ projects, enqueue }) {
    for (const { metadata } of await projects.list()) enqueue(metadata.name);
  },
};
