import type { Job } from "./job.ts";

const EVERY_MS = 20_000;

/**
 * So many at a time, and the next ones in their turn: a look at a project where nothing happens is two conditional requests,
 * and a third each minute where there is a webhook, which count against no hourly limit, but against 900 a minute.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const AT_ONCE = 80;

/** Where no webhook arrives a push is found by asking, sooner than Flux, which asks each minute, tells of it. */
export const syncUnhooked: Job = {
  name: "sync-unhooked",
  schedule: `*/${EVERY_MS / 1000} * * * * *`,
  async run({ projects, enqueue, now }) {
    const silent = (await projects.list()).filter(
      ({ status }) => status.phase === "Live" && status.repository?.hookPinged !== true,
    );
    const turns = Math.max(1, Math.ceil(silent.length / AT_ONCE));
    const turn = Math.floor(now().getTime() / EVERY_MS) % turns;
    for (const { metadata } of silent.slice(turn * AT_ONCE, (turn + 1) * AT_ONCE)) enqueue(metadata.name);
  },
};
