import { describe, expect, test } from "vitest";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";
const APP_ONLY = { paths: ["server.js"] };
const MANIFESTS_ONLY = { paths: ["k8s/base/deployment.yaml"] };

async function launched() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  await world.pass();
  return world;
}

const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const here = (world: MemoryWorld) => world.status().environments[0];
const tagOf = (sha: string) => sha.slice(0, 12);

/** Live, and what a person pushed then. */
async function deployed(world: MemoryWorld, title: string, given?: { paths?: string[]; run?: boolean }) {
  const sha = world.github.push(REPOSITORY, title, given);
  await world.until(() => last(world)?.sha === sha && last(world)?.state === "live");
  return sha;
}

const keysOf = (world: MemoryWorld) => {
  const project = world.projects.stored.get("rrr");
  return project ? thread(project, en, world.now()).map(({ key }) => key) : [];
};
const running = (world: MemoryWorld, namespace = "rrr") => {
  const found = world.cluster.objects.get(`Deployment/${namespace}/rrr`)?.spec as
    | { template: { spec: { containers: { image: string }[] } } }
    | undefined; // as the memory cluster writes it
  return found?.template.spec.containers[0]?.image;
};
const calm = (world: MemoryWorld) => world.status().findings.filter(({ severity }) => severity === "fail");

describe("a push that changes only manifests", () => {
  test("waits for no build, and runs the image that there is", async () => {
    const world = await launched();
    const first = world.status().launch.sha ?? "";
    world.github.build.seconds = 600;
    const begun = world.now().getTime();
    const sha = await deployed(world, "More memory", MANIFESTS_ONLY);
    expect((world.now().getTime() - begun) / 1000).toBeLessThan(60);
    expect(here(world)).toMatchObject({ released: sha, tag: tagOf(first), now: { commit: sha, tag: tagOf(first) } });
    expect(last(world)).toMatchObject({
      tag: tagOf(first),
      stages: expect.arrayContaining([expect.objectContaining({ stage: "build", state: "done", reason: "ImageKept" })]),
    });
    // The image of its own that is built meanwhile is the same: nothing is rolled out for its sake.
    world.wait(700);
    world.cluster.changes.length = 0;
    await world.pass();
    await world.pass();
    expect(world.cluster.changes).toEqual([]);
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${tagOf(first)}`);
  });

  test("waits for the build of a commit before it that has no image yet", async () => {
    const world = await launched();
    const app = world.github.push(REPOSITORY, "Feature", APP_ONLY);
    world.wait(1);
    const sha = world.github.push(REPOSITORY, "Its port", { ...MANIFESTS_ONLY, run: false });
    await world.until(() => last(world)?.sha === sha && last(world)?.state === "live");
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${tagOf(app)}`);
  });
});

describe("with GitHub cut off from the cluster", () => {
  test("a push that leaves the manifests alone is released, without a fetch", async () => {
    const world = await launched();
    const source = here(world)?.source;
    world.cluster.flux.reachesGit = false;
    const sha = await deployed(world, "Fix a typo", APP_ONLY);
    expect(here(world)).toMatchObject({ released: sha, tag: tagOf(sha), source });
    expect([...world.cluster.objects.keys()].filter((key) => key.startsWith("GitRepository/"))).toEqual([
      "GitRepository/rrr/rrr",
      `GitRepository/rrr/${source}`,
    ]);
    expect(world.status().findings).toMatchObject([{ code: "flux-source-timeout", severity: "warn" }]);
  });

  test("one that changes them waits, whole: neither its image nor its manifests arrive", async () => {
    const world = await launched();
    const before = here(world);
    world.cluster.flux.reachesGit = false;
    const sha = world.github.push(REPOSITORY, "Both");
    await world.until(
      () => last(world)?.stages.find(({ stage }) => stage === "rollout")?.reason === "RolloutWaitsForSource",
    );
    world.wait(600);
    await world.pass();
    expect(last(world)).toMatchObject({ sha, state: "running" });
    expect(here(world)).toMatchObject({ released: before?.released, tag: before?.tag, now: before?.now });
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${before?.tag}`);
    world.cluster.flux.reachesGit = true;
    await world.until(() => last(world)?.state === "live");
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${tagOf(sha)}`);
  });

  test.each<[string, (world: MemoryWorld, sha: string) => void]>([
    [
      "pinned",
      (world, sha) =>
        world.edit(({ environments: [only] }) => Object.assign(only ?? {}, { follow: "pinned", commit: sha })),
    ],
    ["put back on the branch", (world, sha) => world.github.reset(REPOSITORY, sha)],
  ])("the commit of two deploys ago, %s, comes back with its own manifests and image", async (_, goBack) => {
    const world = await launched();
    const first = world.status().launch.sha ?? "";
    await deployed(world, "Second");
    await deployed(world, "Third");
    world.cluster.flux.reachesGit = false;
    goBack(world, first);
    await world.until(() => last(world)?.sha === first && last(world)?.state === "live");
    expect(here(world)).toMatchObject({ released: first, tag: tagOf(first), now: { commit: first } });
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${tagOf(first)}`);
  });

  test("the manifests of three commits stay, those before them go", async () => {
    const world = await launched();
    const shas = [];
    for (const title of ["Second", "Third", "Fourth", "Fifth"]) shas.push(await deployed(world, title));
    await world.pass();
    await world.pass();
    expect(
      [...world.cluster.objects.values()]
        .filter(({ kind }) => kind === "GitRepository")
        .map(({ metadata }) => metadata.name),
    ).toEqual(["rrr", ...shas.slice(-3).map((sha) => `rrr-${tagOf(sha)}`)]);
    expect(
      world
        .status()
        .ledger.filter(({ kind }) => kind === "GitRepository")
        .map(({ name }) => name),
    ).toEqual(["rrr", ...shas.slice(-3).map((sha) => `rrr-${tagOf(sha)}`)]);
  });
});

describe("a build that is no failure", () => {
  test("cancelled: the deploy ends as overtaken, says so, and calls nobody", async () => {
    const world = await launched();
    const before = here(world)?.tag;
    world.github.build.conclusion = "cancelled";
    const sha = world.github.push(REPOSITORY, "Second");
    await world.until(() => last(world)?.sha === sha && last(world)?.state !== "running");
    expect(last(world)).toMatchObject({
      state: "superseded",
      stages: expect.arrayContaining([
        expect.objectContaining({ stage: "build", state: "skipped", reason: "BuildCancelled" }),
        expect.objectContaining({ stage: "rollout", state: "pending", reason: "Superseded" }),
      ]),
    });
    expect(last(world)?.failure).toBeUndefined();
    expect(calm(world)).toEqual([]);
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${before}`);
  });

  test.each<[string, (world: MemoryWorld) => unknown]>([
    [
      "run again on GitHub",
      (world) => {
        const run = world.github.repositories.get(REPOSITORY)?.runs[0];
        Object.assign(run ?? {}, { status: "in_progress", conclusion: null, attempt: 2, createdAt: world.now() });
      },
    ],
    ["tried again here", (world) => world.wish("retry")],
  ])("cancelled, and %s: the same deploy goes on to its end", async (_, runAgain) => {
    const world = await launched();
    world.github.build.conclusion = "cancelled";
    const sha = world.github.push(REPOSITORY, "Second");
    await world.until(() => last(world)?.sha === sha && last(world)?.state === "superseded");
    world.wait(60);
    world.github.build.conclusion = "success";
    await runAgain(world);
    await world.until(() => last(world)?.state === "live");
    expect(world.status().deploys).toHaveLength(2);
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${tagOf(sha)}`);
    expect(world.status().findings).toMatchObject([{ code: "build-cancelled", recoveredAt: expect.any(String) }]);
  });

  test("skipped: the commit runs the image of the one before it", async () => {
    const world = await launched();
    const before = here(world)?.tag;
    world.github.build.conclusion = "skipped";
    const sha = await deployed(world, "Comment", APP_ONLY);
    expect(here(world)).toMatchObject({ released: sha, tag: before });
    expect(calm(world)).toEqual([]);
  });

  test("not triggered: likewise, once GitHub has had a minute to show a run", async () => {
    const world = await launched();
    const before = here(world)?.tag;
    const begun = world.now().getTime();
    const sha = await deployed(world, "[skip ci] comment", { ...APP_ONLY, run: false });
    expect((world.now().getTime() - begun) / 1000).toBeGreaterThanOrEqual(60);
    expect(here(world)).toMatchObject({ released: sha, tag: before });
    expect(calm(world)).toEqual([]);
  });

  test.each(["disabled", "missing"] as const)(
    "not triggered, as the workflow is %s: that is a failure",
    async (state) => {
      const world = await launched();
      world.github.workflow = state;
      const sha = world.github.push(REPOSITORY, "Second", { ...APP_ONLY, run: false });
      await world.until(() => last(world)?.sha === sha && last(world)?.state === "failed");
      expect(last(world)?.failure).toMatchObject({ code: "workflow-missing", params: { state } });
    },
  );

  test("waiting for an approval: the deploy waits too, and goes on once it is given", async () => {
    const world = await launched();
    world.github.build.conclusion = "action_required";
    const sha = world.github.push(REPOSITORY, "Second");
    const build = () => last(world)?.stages.find(({ stage }) => stage === "build");
    await world.until(() => build()?.reason === "BuildNeedsApproval");
    world.wait(3600);
    await world.pass();
    expect(last(world)).toMatchObject({ sha, state: "running" });
    expect(calm(world)).toEqual([]);
    world.github.build.conclusion = "success";
    const [run] = world.github.repositories.get(REPOSITORY)?.runs ?? [];
    Object.assign(run ?? {}, { status: "in_progress", conclusion: null, createdAt: world.now() });
    await world.until(() => last(world)?.state === "live");
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${tagOf(sha)}`);
  });
});

describe("the same commit deployed twice", () => {
  test("is two deploys, each with a card of its own", async () => {
    const world = await launched();
    const second = await deployed(world, "Second");
    const third = await deployed(world, "Third");
    world.github.reset(REPOSITORY, second);
    await world.until(() => world.status().deploys.length === 4 && last(world)?.state === "live");
    expect(
      world
        .status()
        .deploys.map(({ id, state }) => [id, state])
        .slice(1),
    ).toEqual([
      [second, "live"],
      [third, "live"],
      [`${second}.2`, "live"],
    ]);
    expect(keysOf(world).filter((key) => key.startsWith("deploy/"))).toEqual([
      `deploy/${second}`,
      `deploy/${third}`,
      `deploy/${second}.2`,
    ]);
    expect(running(world)).toBe(`ghcr.io/acme/rrr:${tagOf(second)}`);
  });
});

describe("a launch whose first commit is overtaken", () => {
  test.each(["cancelled", "failure"] as const)(
    "as its run is %s, goes on with the newer one by itself",
    async (conclusion) => {
      const world = createWorld();
      world.github.build.seconds = 6;
      await world.create();
      await world.until(() => world.status().builds.length > 0);
      const first = world.status().launch.sha;
      const newer = world.github.push(REPOSITORY, "Second");
      // As `concurrency: cancel-in-progress` does.
      const run = world.github.repositories.get(REPOSITORY)?.runs.find(({ sha }) => sha === first);
      Object.assign(run ?? {}, { status: "completed", conclusion });
      await world.live();
      expect(world.status()).toMatchObject({ launch: { sha: newer }, deploys: [{ sha: newer, state: "live" }] });
      expect(calm(world)).toEqual([]);
      expect(running(world)).toBe(`ghcr.io/acme/rrr:${tagOf(newer)}`);
    },
  );
});
