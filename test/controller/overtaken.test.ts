import { describe, expect, test } from "vitest";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";
const tagOf = (sha: string) => sha.slice(0, 12);
const runs = (world: MemoryWorld) => world.github.repositories.get(REPOSITORY)?.runs ?? [];
const failures = (world: MemoryWorld) => world.status().findings.filter(({ severity }) => severity === "fail");

/** As `concurrency` with `cancel-in-progress` does: only the newest run goes on. */
function cancelOlder(world: MemoryWorld, newest: string) {
  for (const run of runs(world))
    if (run.sha !== newest && run.status !== "completed")
      Object.assign(run, { status: "completed", conclusion: "cancelled", updatedAt: world.now() });
}

const moments: Record<string, (world: MemoryWorld) => boolean> = {
  "before its build": (world) => world.status().launch.sha !== undefined,
  "while it is built": (world) => world.status().builds.length > 0,
};
const pushes: Record<string, (world: MemoryWorld) => string> = {
  "one push": (world) => world.github.push(REPOSITORY, "Second"),
  "three pushes": (world) => {
    for (const title of ["Second", "Third"]) cancelOlder(world, world.github.push(REPOSITORY, title));
    return world.github.push(REPOSITORY, "Fourth");
  },
  "a force-push": (world) => {
    const { commits = [] } = world.github.repositories.get(REPOSITORY) ?? {};
    commits.splice(-1);
    return world.github.push(REPOSITORY, "In its place");
  },
};

const all = Object.entries(moments).flatMap(([when, is]) =>
  Object.entries(pushes).map(([by, push]) => [when, by, is, push] as const),
);

describe("a launch that is overtaken", () => {
  test.each(all)("%s by %s goes on with the newest commit", async (_, __, is, push) => {
    const world = createWorld();
    world.github.build.seconds = 6;
    await world.create();
    await world.until(() => is(world));
    const newest = push(world);
    cancelOlder(world, newest);
    await world.live();
    expect(world.status()).toMatchObject({ launch: { sha: newest }, deploys: [{ sha: newest, state: "live" }] });
    expect(world.status().environments[0]).toMatchObject({ released: newest, tag: tagOf(newest) });
    expect(failures(world)).toEqual([]);
  });

  test.each(all)("%s by %s, whose build fails, fails by that one", async (_, __, is, push) => {
    const world = createWorld();
    world.github.build.seconds = 6;
    await world.create();
    await world.until(() => is(world));
    const newest = push(world);
    cancelOlder(world, newest);
    world.github.build.conclusion = "failure";
    await world.until(() => world.status().phase === "Failed");
    const run = runs(world).find(({ sha }) => sha === newest);
    expect(world.status().failure).toMatchObject({ code: "build-failed", params: { number: run?.number } });
    expect(world.status().launch.sha).toBe(newest);
  });

  test.each(Object.entries(pushes))(
    "while it rolls out by %s ends as itself; what was pushed is a deploy after it",
    async (_, push) => {
      const world = createWorld();
      world.github.build.seconds = 6;
      await world.create();
      await world.until(() => world.status().environments[0]?.released !== undefined);
      const first = world.status().launch.sha ?? "";
      const newest = push(world);
      await world.live();
      expect(world.status().launch.sha).toBe(first);
      await world.until(
        () => world.status().deploys.at(-1)?.sha === newest && world.status().deploys.at(-1)?.state === "live",
      );
      expect(world.status().deploys.map(({ sha, state }) => [sha, state])).toEqual([
        [first, "live"],
        [newest, "live"],
      ]);
      expect(failures(world)).toEqual([]);
    },
  );
});
