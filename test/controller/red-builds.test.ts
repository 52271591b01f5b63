import { expect, test } from "vitest";
import type { MemoryWorld } from "../builders/world/create-world.ts";
import { launched } from "../builders/world/launched.ts";

const REPOSITORY = "acme/rrr";
const RED = 60;
const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const tagOf = (sha: string) => sha.slice(0, 12);

/** A project that lives, whose last sixty pushes did not build. */
async function red() {
  const { world, first } = await launched();
  world.github.build.conclusion = "failure";
  const pushed: string[] = [];
  for (let count = 1; count <= RED; count += 1)
    pushed.push(world.github.push(REPOSITORY, `Red ${count}`, { paths: ["server.js"] }));
  await world.until(() => last(world)?.sha === pushed.at(-1) && last(world)?.state === "failed");
  return { world, first, pushed };
}

/** How often the registry was asked in one pass, some time later. */
async function asked(world: MemoryWorld, seconds: number): Promise<number> {
  world.wait(seconds);
  const calls = world.calls.length;
  await world.pass();
  return world.calls.slice(calls).filter((each) => each === "registry.has").length;
}

/** Run again on GitHub, and ended well or badly. */
function runAgain(world: MemoryWorld, sha: string, conclusion: "success" | "failure") {
  const run = world.github.repositories.get(REPOSITORY)?.runs.find((each) => each.sha === sha) ?? expect.fail();
  Object.assign(run, { attempt: run.attempt + 1, conclusion, status: "completed", updatedAt: world.now() });
  if (conclusion === "success") world.github.packages.add(`ghcr.io/${REPOSITORY}:${tagOf(sha)}`);
}

test("sixty red builds in a row are asked for once, and then again every five minutes", async () => {
  const { world } = await red();
  // Just ended, a run may still bring an image.
  await asked(world, 60);
  const passes: number[] = [];
  for (let pass = 0; pass < 10; pass += 1) passes.push(await asked(world, 20));
  // Its own image, and the one that was found.
  expect(passes).toEqual(Array(10).fill(2));
  const calls = world.calls.length;
  await world.pass();
  expect(world.calls.slice(calls).filter((each) => each === "github.runs").length).toBeLessThanOrEqual(11);
  expect(await asked(world, 120)).toBeGreaterThan(RED);
  expect(await asked(world, 20)).toBe(2);
});

test("none of them is passed by while its run is not over", async () => {
  const { world, pushed } = await red();
  await asked(world, 60);
  for (const back of [3, 30]) {
    const run = world.github.repositories.get(REPOSITORY)?.runs.find(({ sha }) => sha === pushed.at(-back));
    Object.assign(run ?? expect.fail(), { status: "in_progress", conclusion: null, createdAt: world.now() });
  }
  world.github.build.seconds = 10_000;
  // All are asked for once more, and those two from then on.
  await asked(world, 300);
  expect(await asked(world, 20)).toBe(4);
});

test("one of the ten before it whose run is run again is asked for at once", async () => {
  const { world, pushed } = await red();
  await asked(world, 60);
  const nearest = async () => {
    const docs = world.github.push(REPOSITORY, `Docs ${world.now()}`, { paths: ["README.md"], run: false });
    await world.until(() => last(world)?.sha === docs && last(world)?.state === "live");
    return last(world)?.tag;
  };
  const again = pushed.at(-5) ?? expect.fail();
  expect(await asked(world, 20)).toBe(2);
  runAgain(world, again, "failure");
  expect(await asked(world, 20)).toBe(3);
  runAgain(world, again, "success");
  expect(await nearest()).toBe(tagOf(again));
});

test("an image of one that is pushed by hand is found within five minutes", async () => {
  const { world, pushed } = await red();
  await asked(world, 60);
  const byHand = pushed.at(-20) ?? expect.fail();
  world.github.packages.add(`ghcr.io/${REPOSITORY}:${tagOf(byHand)}`);
  await asked(world, 300);
  const docs = world.github.push(REPOSITORY, "Docs", { paths: ["README.md"], run: false });
  await world.until(() => last(world)?.sha === docs && last(world)?.state === "live");
  expect(last(world)?.tag).toBe(tagOf(byHand));
});

test("the image of the newest commit itself is asked for at each look", async () => {
  const { world, pushed } = await red();
  await asked(world, 60);
  const newest = pushed.at(-1) ?? expect.fail();
  world.github.packages.add(`ghcr.io/${REPOSITORY}:${tagOf(newest)}`);
  await world.until(() => last(world)?.state === "live");
  expect(last(world)?.tag).toBe(tagOf(newest));
});
