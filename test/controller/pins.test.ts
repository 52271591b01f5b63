import { describe, expect, test } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import type { Environment, ProjectSpec } from "../../src/project/project.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { answered } from "../builders/objects.ts";
import { project } from "../builders/project.ts";
import { said } from "../builders/said.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";
const IMAGE = "ghcr.io/acme/rrr";
const MANIFESTS_ONLY = { paths: ["k8s/base/deployment.yaml"] };

const BOTH: ProjectSpec["environments"] = project({
  spec: {
    environments: [
      { name: "production", namespace: "rrr", host: "rrr.example.com" },
      { name: "staging", namespace: "rrr-staging", host: "rrr-staging.example.com" },
    ] as Environment[], // what is missing is filled in as the API server does
  },
}).spec.environments;

const tagOf = (sha: string) => sha.slice(0, 12);
const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const deployOf = (world: MemoryWorld, sha: string) => world.status().deploys.findLast((each) => each.sha === sha);
const here = (world: MemoryWorld, environment = "production") =>
  world.status().environments.find(({ name }) => name === environment);
const open = (world: MemoryWorld) => world.status().findings.filter(({ recoveredAt }) => recoveredAt === undefined);
const cards = (world: MemoryWorld) => {
  const stored = world.projects.stored.get("rrr");
  return stored ? thread(stored, en, world.now()).filter(({ key }) => /^deploy\/[^/]+$/.test(key)) : [];
};
const cardOf = (world: MemoryWorld, sha: string) =>
  JSON.stringify(cards(world).find(({ key }) => key === `deploy/${deployOf(world, sha)?.id}`)?.blocks.sections ?? "");

/** Ways to hold an environment at a commit, as somebody with kubectl has them. */
const WAYS = {
  "by its commit": (sha: string) => ({ follow: "pinned" as const, commit: sha, tag: undefined }),
  "by its tag": (sha: string) => ({ follow: "branch" as const, commit: undefined, tag: tagOf(sha) }),
};
const FREE = { follow: "branch" as const, commit: undefined, tag: undefined };
const set = (world: MemoryWorld, what: Partial<Environment>, environment = "production") =>
  world.edit(({ environments }) => Object.assign(environments.find(({ name }) => name === environment) ?? {}, what));

async function twice(environments?: ProjectSpec["environments"]) {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create(environments ? { environments } : {});
  await world.live();
  await world.pass();
  const first = world.status().launch.sha ?? "";
  const second = await deployed(world, "Second");
  return { world, first, second };
}

async function deployed(world: MemoryWorld, title: string, given?: { paths?: string[]; run?: boolean }) {
  const sha = world.github.push(REPOSITORY, title, given);
  await world.until(() => last(world)?.sha === sha && last(world)?.state !== "running");
  return sha;
}
const rests = (world: MemoryWorld) =>
  world.until(() => world.status().deploys.every(({ state }) => state !== "running"));
async function nothingMore(world: MemoryWorld) {
  const deploys = world.status().deploys.map(({ id }) => id);
  for (let pass = 0; pass < 3; pass += 1) {
    await world.pass();
    world.wait(5);
  }
  expect(world.status().deploys.map(({ id }) => id)).toEqual(deploys);
}

describe.each(Object.entries(WAYS))("an environment that is pinned %s", (_, to) => {
  async function pinned(environments?: ProjectSpec["environments"]) {
    const { world, first, second } = await twice(environments);
    set(world, to(first));
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    return { world, first, second };
  }

  test("goes back, manifests and image, in a deploy of its own", async () => {
    const { world, first } = await pinned();
    expect(last(world)).toMatchObject({ sha: first, tag: tagOf(first), environments: ["production"] });
    expect(here(world)).toMatchObject({
      released: first,
      tag: tagOf(first),
      now: { commit: first, tag: tagOf(first) },
    });
    expect(cardOf(world, first)).toContain(en.slack.deploy.pin("production"));
    await nothingMore(world);
  });

  test("gets nothing of what is pushed: built, told as held back, and no more", async () => {
    const { world, first } = await pinned();
    const third = await deployed(world, "Third");
    expect(world.github.packages).toContain(`${IMAGE}:${tagOf(third)}`);
    expect(last(world)).toMatchObject({ reason: "push", heldBack: ["production"], state: "superseded" });
    expect(cardOf(world, third)).toContain(en.slack.deployStates.heldBack);
    expect(cardOf(world, third)).toContain(en.slack.deploy.heldBack(["production"]));
    expect(here(world)?.now).toMatchObject({ commit: first, tag: tagOf(first) });
    await nothingMore(world);
  });

  test("gets no manifests either, though they alone are pushed", async () => {
    const { world, first } = await pinned();
    await deployed(world, "Port", MANIFESTS_ONLY);
    expect(last(world)).toMatchObject({ heldBack: ["production"], state: "superseded" });
    expect(here(world)?.now).toMatchObject({ commit: first, tag: tagOf(first) });
  });

  test("has its card once, however much is pushed meanwhile", async () => {
    const { world, first } = await pinned();
    for (let push = 0; push < 12; push += 1) await deployed(world, `Push ${push}`);
    expect(world.status().deploys.filter(({ reason }) => reason === "pin")).toHaveLength(1);
    expect(here(world)?.now).toMatchObject({ commit: first, tag: tagOf(first) });
    await nothingMore(world);
  });

  test("lets the push be live in the other one, which follows", async () => {
    const { world, first } = await pinned(BOTH);
    const third = await deployed(world, "Third");
    expect(last(world)).toMatchObject({ heldBack: ["production"], state: "live" });
    expect(here(world)?.now).toMatchObject({ commit: first, tag: tagOf(first) });
    expect(here(world, "staging")?.now).toMatchObject({ commit: third, tag: tagOf(third) });
    expect(cardOf(world, third)).toContain(en.slack.deploy.heldBack(["production"]));
  });

  test("to the newest begins nothing, and that commit is held back nowhere", async () => {
    const { world, second } = await twice();
    set(world, to(second));
    await nothingMore(world);
    expect(last(world)).toMatchObject({ sha: second, state: "live" });
    expect(cardOf(world, second)).not.toContain("pinned to another");
  });

  test("is let go: the newest commit is deployed, once", async () => {
    const { world } = await pinned();
    const third = await deployed(world, "Third");
    set(world, FREE);
    await world.until(() => last(world)?.id === `${third}.2` && last(world)?.state === "live");
    expect(here(world)).toMatchObject({ released: third, now: { commit: third, tag: tagOf(third) } });
    await nothingMore(world);
    expect(cards(world).filter(({ key }) => key.startsWith(`deploy/${third}`))).toHaveLength(2);
  });

  test("is pinned on to the commit that was held back: it is live then, by a deploy of its own", async () => {
    const { world } = await pinned();
    const third = await deployed(world, "Third");
    set(world, to(third));
    await world.until(() => last(world)?.reason === "pin" && last(world)?.sha === third);
    await rests(world);
    expect(last(world)).toMatchObject({ state: "live", environments: ["production"] });
    expect(here(world)?.now).toMatchObject({ commit: third, tag: tagOf(third) });
    await nothingMore(world);
  });

  test("to a commit whose image is gone runs it all the same, for it ran before", async () => {
    const { world, first, second } = await twice();
    world.github.packages.delete(`${IMAGE}:${tagOf(first)}`);
    set(world, to(first));
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    expect(here(world)).toMatchObject({ released: first, tag: tagOf(first) });
    expect(second).not.toBe(first);
  });

  test("that is pinned while it launches is launched there, and nothing more is told of it", async () => {
    const world = createWorld();
    await world.create();
    await world.until(() => world.status().launch.sha !== undefined);
    const first = world.status().launch.sha ?? "";
    set(world, to(first));
    await world.live();
    await nothingMore(world);
    expect(world.status().deploys).toMatchObject([{ reason: "launch", sha: first, state: "live" }]);
  });
});

describe("an environment that is pinned to what is not there", () => {
  const NOWHERE = "d".repeat(40);

  test("by commit is told, and what runs stays", async () => {
    const { world, second } = await twice();
    set(world, WAYS["by its commit"](NOWHERE));
    await world.until(() => last(world)?.state === "failed");
    expect(last(world)).toMatchObject({ sha: NOWHERE, reason: "pin", failure: { code: "pin-commit-missing" } });
    expect(open(world).map(({ code }) => code)).toEqual(["pin-commit-missing"]);
    expect(here(world)?.now).toMatchObject({ commit: second, tag: tagOf(second) });
    await nothingMore(world);
  });

  test("by commit is over once it is pinned to one that is there", async () => {
    const { world, first } = await twice();
    set(world, WAYS["by its commit"](NOWHERE));
    await world.until(() => last(world)?.state === "failed");
    set(world, WAYS["by its commit"](first));
    await world.until(() => last(world)?.sha === first && last(world)?.state === "live");
    expect(open(world)).toEqual([]);
    expect(here(world)?.now).toMatchObject({ commit: first, tag: tagOf(first) });
  });

  test("by commit is live after all once that commit was pushed", async () => {
    const { world } = await twice();
    const { commit } = world.github.github;
    let shown = false;
    const third = await deployed(world, "Third");
    const hidden = world.github.push(REPOSITORY, "Not shown yet");
    world.github.github.commit = async (at, ref) =>
      ref === hidden && !shown ? undefined : commit(at, ref === "main" ? third : ref);
    set(world, WAYS["by its commit"](hidden));
    await world.until(() => last(world)?.state === "failed");
    shown = true;
    await world.until(() => last(world)?.state === "live");
    expect(last(world)).toMatchObject({ sha: hidden, reason: "pin" });
    expect(open(world)).toEqual([]);
  });

  test("by commit waits, untold, while GitHub cannot be asked for it", async () => {
    const { world, second } = await twice();
    const { commit } = world.github.github;
    world.github.github.commit = async (at, ref) => {
      if (ref === NOWHERE) throw new Problem("github-unreachable", { evidence: "502" });
      return commit(at, ref);
    };
    set(world, WAYS["by its commit"](NOWHERE));
    await world.until(() => last(world)?.reason === "pin");
    for (let pass = 0; pass < 5; pass += 1) {
      world.wait(30);
      await world.pass();
    }
    expect(last(world)).toMatchObject({ sha: NOWHERE, state: "running" });
    expect(open(world)).toEqual([]);
    expect(here(world)?.now).toMatchObject({ commit: second, tag: tagOf(second) });
  });

  describe("by a commit that no build pushed an image of", () => {
    async function unbuilt(given: { run?: boolean; conclusion?: string } = {}) {
      const { world, second } = await twice();
      const { conclusion } = world.github.build;
      Object.assign(world.github.build, given.conclusion ? { conclusion: given.conclusion } : {});
      const third = world.github.push(REPOSITORY, "Third", { run: given.run ?? true });
      if (given.run !== false) await world.until(() => deployOf(world, third)?.state === "failed");
      Object.assign(world.github.build, { conclusion });
      const fourth = await deployed(world, "Fourth");
      set(world, WAYS["by its commit"](third));
      return { world, second, third, fourth };
    }

    test.each<[string, Parameters<typeof unbuilt>[0], RegExp]>([
      ["never ran", { run: false }, /GitHub lists no build of [0-9a-f]{7}\.$/],
      ["failed", { conclusion: "failure" }, /run #3, pushed none \(failure\)\.$/],
    ])("for it %s, is told, and what runs stays", async (_, given, cause) => {
      const { world, third, fourth } = await unbuilt(given);
      await world.until(() => last(world)?.state === "failed");
      expect(last(world)).toMatchObject({ sha: third, reason: "pin", failure: { code: "pin-image-missing" } });
      expect(open(world).map(({ code }) => code)).toEqual(["pin-image-missing"]);
      expect(said(open(world)[0]).cause).toMatch(cause);
      expect(here(world)?.now).toMatchObject({ commit: fourth, tag: tagOf(fourth) });
      await nothingMore(world);
    });

    test("is over once one was pushed after all", async () => {
      const { world, third } = await unbuilt({ run: false });
      await world.until(() => last(world)?.state === "failed");
      world.github.packages.add(`${IMAGE}:${tagOf(third)}`);
      await world.until(() => last(world)?.state === "live");
      expect(last(world)).toMatchObject({ sha: third, reason: "pin" });
      expect(open(world)).toEqual([]);
    });

    test("waits, untold, while the registry cannot be asked", async () => {
      const { world, third } = await unbuilt({ run: false });
      const { has } = world.github.registry;
      world.github.registry.has = async (image, tag) => {
        if (tag === tagOf(third)) throw new Problem("github-unreachable", { evidence: "503" });
        return has(image, tag);
      };
      for (let pass = 0; pass < 8; pass += 1) {
        await world.pass();
        world.wait(30);
      }
      expect(last(world)).toMatchObject({ sha: third, state: "running" });
      expect(open(world)).toEqual([]);
    });
  });

  test("by a tag of no commit keeps its manifests, and is told by that tag", async () => {
    const { world, second } = await twice();
    set(world, { tag: "v9" });
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    expect(last(world)).toMatchObject({ sha: second, tag: "v9" });
    expect(here(world)?.now).toMatchObject({ commit: second, tag: "v9" });
    expect(cardOf(world, second)).toContain(en.slack.deploy.pinnedImageOnly("production", "v9"));
    await nothingMore(world);
    // And the commit has its own image again once it is let go.
    set(world, FREE);
    await world.until(() => last(world)?.reason === "push" && last(world)?.id === `${second}.3`);
    await rests(world);
    expect(here(world)?.now).toMatchObject({ commit: second, tag: tagOf(second) });
    await nothingMore(world);
    expect(open(world)).toEqual([]);
  });
});

describe("an environment that is pinned to the tag of a commit that the Project has forgotten", () => {
  /** As it is once ten more were deployed and three more were released. */
  async function forgotten() {
    const { world, first, second } = await twice();
    const stored = world.projects.stored.get("rrr") ?? expect.fail();
    const forget = <T>(all: T[], sha: (each: T) => string) => all.filter((each) => sha(each) !== first);
    stored.status.deploys = forget(stored.status.deploys, ({ sha }) => sha);
    stored.status.builds = forget(stored.status.builds, ({ sha }) => sha);
    Object.assign(stored.status.launch, { sha: second });
    for (const each of stored.status.environments) each.sources = forget(each.sources ?? [], (sha) => sha);
    const asked: string[] = [];
    const { commit } = world.github.github;
    world.github.github.commit = async (at, ref) => {
      if (ref !== "main") asked.push(ref);
      return commit(at, ref);
    };
    return { world, first, second, asked };
  }
  const toTag = (tag: string) => ({ follow: "branch" as const, commit: undefined, tag });

  test.each<[string, (sha: string) => string]>([
    ["as templates give it", tagOf],
    ["as git shortens it", (sha) => sha.slice(0, 7)],
    ["whole", (sha) => sha],
  ])("%s, goes back there, manifests and image", async (_, by) => {
    const { world, first } = await forgotten();
    set(world, toTag(by(first)));
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    expect(last(world)).toMatchObject({ sha: first, tag: by(first), title: "Start rrr from tiny" });
    expect(last(world)).not.toHaveProperty("imageOnly");
    expect(here(world)).toMatchObject({ released: first, now: { commit: first, tag: by(first) } });
    expect(cardOf(world, first)).toContain(en.slack.deploy.pin("production"));
    await nothingMore(world);
  });

  test("is asked of GitHub once, and remembered before anything is given", async () => {
    const { world, first, second, asked } = await forgotten();
    set(world, WAYS["by its tag"](first));
    await world.pass();
    expect(here(world)).toMatchObject({
      tagged: { tag: tagOf(first), sha: first },
      released: second,
      tag: tagOf(second),
    });
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    asked.length = 0;
    await nothingMore(world);
    expect(asked).toEqual([]);
  });

  test("waits where it is while GitHub does not say, and names that", async () => {
    const { world, first, second } = await forgotten();
    const { commit } = world.github.github;
    let away = true;
    world.github.github.commit = async (at, ref) => {
      if (away && ref !== "main") throw new Problem("github-unreachable", { evidence: "502 of GitHub" });
      return commit(at, ref);
    };
    set(world, WAYS["by its tag"](first));
    for (let pass = 0; pass < 3; pass += 1) {
      const again = await world.pass();
      expect(again?.getTime()).toBe(world.now().getTime() + 20_000);
      world.wait(20);
    }
    const rollout = world.status().conditions.find(({ type }) => type === "RolloutReady");
    expect(rollout).toMatchObject({
      status: "Unknown",
      message: en.reasons.RolloutWaitsForCommit({ tag: tagOf(first), because: "Said", detail: "502 of GitHub" }),
    });
    expect(last(world)).toMatchObject({ sha: second, state: "live" });
    expect(here(world)).toMatchObject({ released: second, now: { commit: second, tag: tagOf(second) } });
    expect(open(world)).toEqual([]);
    away = false;
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    expect(here(world)?.now).toMatchObject({ commit: first, tag: tagOf(first) });
  });

  test("that GitHub does not have either gets the image alone, told so from the beginning", async () => {
    const { world, second, asked } = await forgotten();
    const tag = "d".repeat(12);
    set(world, toTag(tag));
    await world.until(() => last(world)?.reason === "pin");
    expect(cardOf(world, second)).toContain(en.slack.deploy.pinnedImageOnly("production", tag));
    await world.until(() => last(world)?.state === "live");
    expect(here(world)).toMatchObject({ tagged: { tag }, released: second, now: { commit: second, tag } });
    expect(cardOf(world, second)).toContain(en.slack.deploy.pinnedImageOnly("production", tag));
    expect(asked).toEqual([tag]);
    await nothingMore(world);
    expect(asked).toEqual([tag]);
  });

  test("is no branch's newest commit, whatever the branch is called", async () => {
    const { world, second } = await forgotten();
    const { commit } = world.github.github;
    const branch = "deadbeef";
    world.github.github.commit = async (at, ref) => commit(at, ref === branch ? "main" : ref);
    set(world, toTag(branch));
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    expect(here(world)?.now).toMatchObject({ commit: second, tag: branch });
    expect(here(world)?.tagged).toEqual({ tag: branch });
  });

  test("is let go, and nothing is left of it", async () => {
    const { world, first, second } = await forgotten();
    set(world, WAYS["by its tag"](first));
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    set(world, FREE);
    await world.until(() => last(world)?.reason === "push" && last(world)?.state === "live");
    expect(here(world)).toMatchObject({ now: { commit: second, tag: tagOf(second) } });
    expect(here(world)?.tagged).toBeUndefined();
    await nothingMore(world);
  });
});

describe("pins that meet", () => {
  test("both environments pinned to one commit at once are two deploys, with a card each", async () => {
    const { world, first } = await twice(BOTH);
    for (const { name } of BOTH) set(world, WAYS["by its commit"](first), name);
    await world.until(() => world.status().deploys.filter(({ reason }) => reason === "pin").length === 2);
    await rests(world);
    const keys = cards(world).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(world.status().deploys.slice(-2)).toMatchObject([
      { id: `${first}.2`, environments: ["production"], state: "live" },
      { id: `${first}.3`, environments: ["staging"], state: "live" },
    ]);
  });

  test("one whose deploy fails does not make another look again each second", async () => {
    const { world, first } = await twice(BOTH);
    set(world, WAYS["by its commit"](first), "staging");
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    world.outcomes["inside rrr.example.com"] = answered(502, "Bad Gateway");
    set(world, WAYS["by its commit"](first));
    await world.until(() => last(world)?.environments?.[0] === "production" && last(world)?.state === "failed");
    for (let pass = 0; pass < 10; pass += 1) {
      const again = (await world.pass()) ?? world.now();
      const seconds = (again.getTime() - world.now().getTime()) / 1000;
      expect(seconds).toBeGreaterThan(1);
      world.wait(seconds);
    }
  });

  test("the failed build of a commit that one of them holds with another image fails the deploy to the other", async () => {
    const { world } = await twice(BOTH);
    Object.assign(world.github.build, { conclusion: "failure", seconds: 60 });
    const third = world.github.push(REPOSITORY, "Third");
    await world.pass();
    set(world, { follow: "pinned", commit: third, tag: "v9" });
    await world.until(() => deployOf(world, third)?.state !== "running" && open(world).length > 0);
    expect(open(world).map(({ code }) => code)).toContain("build-failed");
    const push = world.status().deploys.find(({ sha, reason }) => sha === third && reason === "push");
    expect(push?.state).toBe("failed");
  });

  test("the one that is let go is not told by the image that the other is pinned to", async () => {
    const { world, first, second } = await twice(BOTH);
    set(world, WAYS["by its commit"](first), "staging");
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    set(world, { tag: "v9" });
    await world.until(() => last(world)?.tag === "v9" && last(world)?.state === "live");
    set(world, FREE, "staging");
    await world.until(() => last(world)?.reason === "push" && last(world)?.state === "live");
    expect(last(world)).toMatchObject({ sha: second, tag: tagOf(second), heldBack: ["production"] });
    set(world, FREE);
    await world.until(() => here(world)?.now?.tag === tagOf(second));
  });

  test("twelve in a row are no push, though the last push is long ago", async () => {
    const { world, first, second } = await twice();
    for (let pin = 0; pin < 12; pin += 1) {
      const sha = pin % 2 ? second : first;
      set(world, WAYS["by its commit"](sha));
      await world.until(() => last(world)?.sha === sha && last(world)?.state === "live");
    }
    expect(world.status().deploys.filter(({ reason }) => reason === "push")).toHaveLength(1);
    await nothingMore(world);
  });
});

describe("an image of no commit, let go", () => {
  test("of a Project that was created with it gives the launch's own", async () => {
    const world = createWorld();
    await world.create({ environments: project().spec.environments.map((each) => ({ ...each, tag: "v9" })) });
    await world.live();
    await world.pass();
    set(world, FREE);
    await world.until(() => here(world)?.now?.tag === tagOf(world.status().launch.sha ?? ""));
  });

  test("of a Project that the version before held by it gives the commit's own", async () => {
    const { world, second } = await twice();
    set(world, { tag: "v9" });
    const stored = world.projects.stored.get("rrr") ?? expect.fail();
    Object.assign(stored.status.environments[0] ?? {}, { tag: "v9", pinnedTag: undefined });
    Object.assign(stored.status.deploys.at(-1) ?? {}, { tag: "v9" });
    await nothingMore(world);
    set(world, FREE);
    await world.until(() => here(world)?.now?.tag === tagOf(second));
  });

  test("never says that nothing had to be built", async () => {
    const { world } = await twice();
    set(world, { tag: "v9" });
    await world.until(() => last(world)?.tag === "v9" && last(world)?.state === "live");
    set(world, FREE);
    for (let pass = 0; pass < 4; pass += 1) {
      await world.pass();
      expect(JSON.stringify(last(world)?.stages)).not.toContain("ImageKept");
      world.wait(2);
    }
  });
});
