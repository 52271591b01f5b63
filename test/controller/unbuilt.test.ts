import { describe, expect, test } from "vitest";
import type { MemoryWorld } from "../builders/world/create-world.ts";
import { launched } from "../builders/world/launched.ts";
import type { Pushed } from "../builders/world/memory-github.ts";

const REPOSITORY = "acme/rrr";
const DOCS: Pushed = { paths: ["README.md"], run: false };
const MANIFESTS: Pushed = { paths: ["k8s/base/deployment.yaml"], run: false };
const CODE: Pushed = { paths: ["server.js"] };

const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const tagOf = (sha: string) => sha.slice(0, 12);
const row = (world: MemoryWorld, stage: string) => last(world)?.stages.find((each) => each.stage === stage);

/** Pushed, and in how many seconds it was live. */
async function deployed(world: MemoryWorld, title: string, given: Pushed) {
  const begun = world.now().getTime();
  const sha = world.github.push(REPOSITORY, title, given);
  await world.until(() => last(world)?.sha === sha && last(world)?.state === "live");
  return { sha, seconds: (world.now().getTime() - begun) / 1000, tag: last(world)?.tag };
}

describe("a commit for which nothing is built", () => {
  test.each<[string, Pushed, number]>([
    ["only manifests", MANIFESTS, 0],
    ["nothing at all", { paths: [], run: false }, 0],
    ["documents, which trigger no build", DOCS, 60],
    ["code, with a word in its message that keeps it from being built", { ...CODE, run: false, skips: true }, 60],
  ])("that changes %s runs the image of the commit before it", async (_, given, least) => {
    const { world, first } = await launched();
    const { tag, seconds } = await deployed(world, "Nothing to build", given);
    expect(tag).toBe(tagOf(first));
    expect(seconds).toBeGreaterThanOrEqual(least);
    expect(seconds).toBeLessThan(least + 20);
    expect(row(world, "build")).toMatchObject({ state: "done", reason: "ImageKept" });
    expect(world.status().findings).toEqual([]);
  });

  test.each([1, 2, 30, 90])("runs that of an ancestor %i commits back", async (back) => {
    const { world, first } = await launched();
    for (let count = 1; count < back; count += 1) world.github.push(REPOSITORY, `Docs ${count}`, DOCS);
    expect(await deployed(world, "The last of them", DOCS)).toMatchObject({ tag: tagOf(first) });
    expect(world.status().findings).toEqual([]);
  });

  test.each<[string, Pushed[]]>([
    ["documents", [DOCS]],
    ["documents and then manifests", [DOCS, MANIFESTS]],
    ["documents, three times", [DOCS, DOCS, DOCS]],
  ])("is live at once where it changes manifests alone after %s", async (_, before) => {
    const { world, first } = await launched();
    for (const [index, given] of before.entries()) await deployed(world, `Before ${index}`, given);
    const { seconds, tag } = await deployed(world, "More memory", MANIFESTS);
    expect(seconds).toBeLessThan(20);
    expect(tag).toBe(tagOf(first));
    expect(row(world, "build")?.params).toMatchObject({ why: "manifests" });
  });

  test("but after code that was kept from being built it waits for what it may build", async () => {
    const { world } = await launched();
    await deployed(world, "Later [skip ci]", { ...CODE, run: false, skips: true });
    const { sha, tag } = await deployed(world, "More memory", { ...MANIFESTS, run: true });
    expect(tag).toBe(tagOf(sha));
  });

  test.each([20, 600])("waits for the one before it, which is built for %i seconds", async (takes) => {
    const { world } = await launched();
    world.github.build.seconds = takes;
    const code = world.github.push(REPOSITORY, "Feature", CODE);
    world.wait(2);
    const sha = world.github.push(REPOSITORY, "Its port", MANIFESTS);
    await world.until(() => row(world, "build")?.reason === "BuildRunning");
    expect(row(world, "build")?.params).toMatchObject({ number: 2, job: "image" });
    await world.until(() => last(world)?.sha === sha && last(world)?.state === "live");
    expect(last(world)?.tag).toBe(tagOf(code));
    expect(world.status().findings).toEqual([]);
  });

  test("where the one before it failed to be built runs the image before that", async () => {
    const { world, first } = await launched();
    world.github.build.conclusion = "failure";
    world.github.push(REPOSITORY, "Broken", CODE);
    world.wait(2);
    expect(await deployed(world, "Its port", MANIFESTS)).toMatchObject({ tag: tagOf(first) });
  });

  test("and no ancestor has an image either: told as that, and not as live", async () => {
    const { world, first } = await launched();
    world.github.packages.delete(`ghcr.io/acme/rrr:${tagOf(first)}`);
    const sha = world.github.push(REPOSITORY, "Docs", DOCS);
    await world.until(() => last(world)?.sha === sha && last(world)?.state !== "running");
    expect(last(world)).toMatchObject({ state: "failed", failure: { code: "workflow-missing" } });
  });

  test.each(["disabled", "missing"] as const)("because the workflow is %s: told as that", async (workflow) => {
    const { world } = await launched();
    world.github.workflow = workflow;
    const sha = world.github.push(REPOSITORY, "Feature", { ...CODE, run: false });
    await world.until(() => last(world)?.sha === sha && last(world)?.state !== "running");
    expect(last(world)).toMatchObject({
      state: "failed",
      failure: { code: "workflow-missing", params: { state: workflow } },
    });
  });
});

test("the image of the commit before is waited for where its run has ended and the registry shows it later", async () => {
  const { world } = await launched();
  world.github.build.seconds = 90;
  const { registry } = world.controller.ports;
  const code = world.github.push(REPOSITORY, "Code", CODE);
  const ran = () => world.github.repositories.get(REPOSITORY)?.runs.find(({ sha }) => sha === code);
  const has = registry.has.bind(registry);
  registry.has = async (image, tag) => {
    const run = ran();
    const shown = run?.status === "completed" && world.now().getTime() - run.updatedAt.getTime() >= 3_000;
    return (tag !== tagOf(code) || shown) && (await has(image, tag));
  };
  await world.pass();
  world.wait(5);
  const docs = world.github.push(REPOSITORY, "Docs", DOCS);
  await world.until(() => last(world)?.sha === docs && last(world)?.state === "live");
  expect(last(world)?.tag).toBe(tagOf(code));
});
