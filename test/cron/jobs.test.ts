import { readdirSync } from "node:fs";
import cron from "node-cron";
import { describe, expect, test } from "vitest";
import { jobs } from "../../src/cron/index.ts";
import type { Job, Tracked } from "../../src/cron/job.ts";
import { schedule } from "../../src/cron/schedule.ts";
import { syncUnhooked } from "../../src/cron/sync-unhooked.ts";
import { en } from "../../src/words/en/index.ts";
import { NOW, project } from "../builders/project.ts";

async function enqueuedBy(job: Job, projects: readonly Tracked[], at = NOW) {
  const enqueued: string[] = [];
  await job.run({ projects: { list: async () => projects }, enqueue: (name) => enqueued.push(name), now: () => at });
  return enqueued;
}

describe("jobs", () => {
  test("find a push as soon as the words say where it is known that no webhook arrives", async () => {
    expect(cron.validate(syncUnhooked.schedule) && syncUnhooked.schedule).toBe("*/20 * * * * *");
    const told = [
      en.reasons.RepositoryCreated({ repository: "acme/rrr", template: "nextjs", sha: "3f2a91c", polling: "yes" }),
      en.doctor.lines.WebhooksUnused(),
      en.doctor.lines.WebhookNone(),
    ];
    for (const sentence of told) expect(sentence).toContain("usually within 1 min");
    const repository = { id: 1, url: "", cloneUrl: "", defaultBranch: "main" };
    const projects = [
      project({ name: "none", status: { phase: "Live" } }),
      project({ name: "unmade", status: { phase: "Live", repository } }),
      project({
        name: "unheard",
        status: { phase: "Live", repository: { ...repository, hookId: 1, hookPinged: false } },
      }),
      project({ name: "heard", status: { phase: "Live", repository: { ...repository, hookId: 1, hookPinged: true } } }),
      project({ name: "failed", status: { phase: "Failed", repository } }),
    ];
    expect(await enqueuedBy(syncUnhooked, projects)).toEqual(["none", "unmade", "unheard"]);
  });

  test.each([1, 80, 81, 300, 1_000])(
    "of %i projects without a webhook look at all in turn, and at 80 at most at once",
    async (count) => {
      const projects = Array.from({ length: count }, (_, index) =>
        project({ name: `p${index}`, status: { phase: "Live" } }),
      );
      const turns = Math.ceil(count / 80);
      const seen = [];
      for (let turn = 0; turn < turns; turn += 1) {
        const some = await enqueuedBy(syncUnhooked, projects, new Date(NOW.getTime() + turn * 20_000));
        expect(some.length).toBeLessThanOrEqual(80);
        seen.push(...some);
      }
      expect(seen.toSorted()).toEqual(projects.map(({ metadata }) => metadata.name).toSorted());
    },
  );

  test("are all of the directory's files that export one, with a schedule that node-cron reads", async () => {
    const found: string[] = [];
    for (const file of readdirSync(new URL("../../src/cron", import.meta.url)).map((each) => each.replace(/\.ts$/, "")))
      for (const value of Object.values((await import(`../../src/cron/${file}.ts`)) as Record<string, unknown>)) // whatever it exports
        if (typeof value === "object" && value !== null && "schedule" in value) {
          expect(value).toMatchObject({ name: file });
          found.push(file);
        }
    expect(found.sort()).toEqual(jobs.map(({ name }) => name).sort());
    for (const job of jobs) expect([job.name, cron.validate(job.schedule)]).toEqual([job.name, true]);
  });

  test("that fail are logged, and stop with the bot", async () => {
    const logged = Promise.withResolvers<object>();
    const log = { debug: () => {}, info: () => {}, error: () => {}, warn: (fields: object) => logged.resolve(fields) };
    const every: Job = {
      name: "every-second",
      schedule: "* * * * * *",
      run: async () => Promise.reject(new Error("in vain")),
    };
    const running = schedule({ projects: { list: async () => [] }, enqueue: () => {}, now: () => NOW }, log, [every]);
    expect(await logged.promise).toMatchObject({ job: "every-second" });
    await running.stop();
  });
});
