import { describe, expect, test } from "vitest";
import type { MemoryWorld } from "../builders/world/create-world.ts";
import { launched } from "../builders/world/launched.ts";

const REPOSITORY = "acme/rrr";

const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const row = (world: MemoryWorld, stage: string) => last(world)?.stages.find((each) => each.stage === stage);
const tagOf = (sha: string) => sha.slice(0, 12);
const runOf = (world: MemoryWorld, sha: string) =>
  world.github.repositories.get(REPOSITORY)?.runs.find((each) => each.sha === sha) ?? expect.fail();
const open = (world: MemoryWorld) => world.status().findings.filter(({ recoveredAt }) => recoveredAt === undefined);
const told = (world: MemoryWorld) => open(world).map(({ severity, code }) => `${severity} ${code}`);

/** Until nothing of it changes any more: two minutes after its run was over. */
async function settled(world: MemoryWorld, sha: string) {
  await world.until(() => last(world)?.sha === sha && runOf(world, sha).status === "completed");
  const over = world.now().getTime() + 120_000;
  await world.until(() => last(world)?.state === "live" || world.now().getTime() >= over);
  await world.pass();
}

/** https://docs.github.com/en/rest/checks/runs (conclusions), and two that tell nothing yet. */
const ENDS: [conclusion: string | null, state: string, told: string[]][] = [
  ["success", "failed", ["fail image-never-pushed"]],
  ["failure", "failed", ["fail build-failed"]],
  ["timed_out", "failed", ["fail build-failed"]],
  ["startup_failure", "failed", ["fail build-failed"]],
  ["cancelled", "superseded", ["warn build-cancelled"]],
  ["stale", "superseded", ["warn build-cancelled"]],
  ["neutral", "live", []],
  ["skipped", "live", []],
  ["action_required", "running", []],
  ["something_new", "failed", ["fail image-never-pushed"]],
  [null, "failed", ["fail image-never-pushed"]],
];

describe("a run that ends without an image", () => {
  test.each(ENDS)("as %s: the deploy is %s", async (conclusion, state, wanted) => {
    const { world, first } = await launched();
    world.github.build.conclusion = conclusion;
    const sha = world.github.push(REPOSITORY, "Second");
    // A success, as it is meant here, pushes its image under another name.
    const { packages } = world.github;
    packages.add = (name) => Set.prototype.add.call(packages, `${name}-another`);
    await settled(world, sha);
    expect(last(world)).toMatchObject({ sha, state });
    expect(told(world)).toEqual(wanted);
    expect(world.status().environments[0]?.tag).toBe(tagOf(first));
  });

  test.each(["something_new", null])(
    "as %s tells no failure of the run: that the image lacks, after a minute",
    async (conclusion) => {
      const { world } = await launched();
      world.github.build.conclusion = conclusion;
      const sha = world.github.push(REPOSITORY, "Second");
      await world.until(() => last(world)?.sha === sha && row(world, "build")?.reason === "BuildOver");
      expect(told(world)).toEqual([]);
      await settled(world, sha);
      expect(open(world)).toMatchObject([{ params: { conclusion: conclusion ?? "" } }]);
      world.github.packages.add(`ghcr.io/acme/rrr:${tagOf(sha)}`);
      await world.until(() => last(world)?.state === "live");
      expect(told(world)).toEqual([]);
    },
  );
});

describe("an image that is there goes live, whatever becomes of the run", () => {
  const red = ["failure", "timed_out", "startup_failure"];

  test.each(ENDS.map(([conclusion]) => conclusion))("made before the tests, which end as %s", async (conclusion) => {
    const { world } = await launched();
    world.github.build.seconds = 600;
    world.github.build.conclusion = conclusion;
    const sha = world.github.push(REPOSITORY, "Second");
    await world.until(() => row(world, "build")?.reason === "BuildRunning");
    world.github.packages.add(`ghcr.io/acme/rrr:${tagOf(sha)}`);
    await world.until(() => last(world)?.state === "live");
    expect(runOf(world, sha).status).toBe("in_progress");
    await settled(world, sha);
    expect(last(world)).toMatchObject({ state: "live", tag: tagOf(sha) });
    expect(told(world)).toEqual(red.includes(conclusion ?? "") ? ["warn build-red"] : []);
  });

  test.each(ENDS.map(([conclusion]) => conclusion))(
    "made after the tests, or beside them, and seen when they ended as %s",
    async (conclusion) => {
      const { world } = await launched();
      world.github.build.conclusion = conclusion;
      const sha = world.github.push(REPOSITORY, "Second");
      world.github.packages.add(`ghcr.io/acme/rrr:${tagOf(sha)}`);
      world.wait(60);
      await settled(world, sha);
      expect(last(world)).toMatchObject({ state: "live", tag: tagOf(sha) });
      expect(told(world)).toEqual(red.includes(conclusion ?? "") ? ["warn build-red"] : []);
    },
  );
});

describe("attempts of a run", () => {
  const vain = ["failure", "cancelled", "timed_out"];
  const sequences = [1, 2, 3].flatMap((length) => orders(vain, length));
  const again: Record<string, (world: MemoryWorld, sha: string) => unknown> = {
    "by the button": (world) => world.wish("retry", `retry-${world.now().getTime()}`),
    // All jobs, those that failed or one of them: each is another attempt of the same run.
    "on GitHub": (world, sha) => {
      const run = runOf(world, sha);
      const now = world.now();
      const begun = { createdAt: now, startedAt: now, updatedAt: now };
      Object.assign(run, { status: "in_progress", conclusion: null, attempt: run.attempt + 1, ...begun });
    },
  };

  test.each(Object.entries(again))(
    "run again %s: one failure is open at most, and none once it is live",
    async (_, runAgain) => {
      for (const sequence of sequences) {
        const { world } = await launched();
        world.github.build.conclusion = sequence[0] ?? null;
        const sha = world.github.push(REPOSITORY, "Works at last");
        for (const [index, conclusion] of [...sequence, "success"].entries()) {
          if (index > 0) {
            world.wait(30);
            world.github.build.conclusion = conclusion;
            await runAgain(world, sha);
          }
          await world.until(() => {
            expect([sequence, open(world).length > 1 ? open(world) : []]).toEqual([sequence, []]);
            const { attempt, status } = runOf(world, sha);
            return attempt === index + 1 && status === "completed" && last(world)?.state !== "running";
          });
        }
        expect([sequence, last(world)?.state, told(world)]).toEqual([sequence, "live", []]);
        expect(world.status().deploys).toHaveLength(2);
      }
    },
  );
});

/** All that can be chosen, so many in a row. */
function orders<T>(of: readonly T[], length: number): T[][] {
  return length === 0 ? [[]] : orders(of, length - 1).flatMap((before) => of.map((each) => [...before, each]));
}
