import { describe, expect, test } from "vitest";
import type { Environment, ProjectSpec } from "../../src/project/project.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { answered } from "../builders/objects.ts";
import { project } from "../builders/project.ts";
import { said } from "../builders/said.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";

/** Production, and staging in a namespace and under a host of its own. */
const BOTH: ProjectSpec["environments"] = project({
  spec: {
    environments: [
      { name: "production", namespace: "rrr", host: "rrr.example.com" },
      { name: "staging", namespace: "rrr-staging", host: "rrr-staging.example.com" },
    ] as Environment[], // what is missing is filled in as the API server does
  },
}).spec.environments;

async function created() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create({ environments: BOTH });
  return world;
}

async function launched() {
  const world = await created();
  await world.live();
  await world.pass();
  return world;
}

const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const rowsOf = (world: MemoryWorld, environment: string) =>
  Object.fromEntries(
    world
      .status()
      .stages.filter((each) => each.environment === environment)
      .map(({ stage, state }) => [stage, state]),
  );
const here = (world: MemoryWorld, environment: string) =>
  world.status().environments.find(({ name }) => name === environment);
const open = (world: MemoryWorld) => world.status().findings.filter(({ recoveredAt }) => recoveredAt === undefined);
const pin = (world: MemoryWorld, environment: string, commit: string | undefined) =>
  world.edit(({ environments }) =>
    Object.assign(
      environments.find(({ name }) => name === environment) ?? {},
      commit === undefined ? { follow: "branch", commit: undefined } : { follow: "pinned", commit },
    ),
  );
const cards = (world: MemoryWorld) => {
  const stored = world.projects.stored.get("rrr");
  return stored ? thread(stored, en, world.now()) : [];
};
const cardOf = (world: MemoryWorld, key: string) => {
  const found = cards(world).find((each) => each.key === key);
  return found ? JSON.stringify(found.blocks.sections) : "";
};

describe("two environments, of which one", () => {
  test("lags: the other goes on to its end, and the launch waits for both", async () => {
    const world = await created();
    world.cluster.lagging.add("rrr-staging");
    await world.until(() => rowsOf(world, "production").reachable === "done");
    world.wait(600);
    await world.pass();
    expect(world.status().phase).toBe("Launching");
    expect(rowsOf(world, "production")).toEqual({
      cluster: "done",
      rollout: "done",
      ingress: "done",
      certificate: "skipped",
      reachable: "done",
    });
    expect(rowsOf(world, "staging")).toMatchObject({ cluster: "done", rollout: "waiting", ingress: "pending" });
    expect(here(world, "production")?.now).toMatchObject({ ready: 1, wanted: 1, answer: { status: 200 } });
    expect(here(world, "staging")?.now).toMatchObject({ ready: 0, wanted: 1 });
    world.cluster.lagging.clear();
    await world.live();
  });

  test("cannot be read: the other goes on, and only what was found in that one stays as it was", async () => {
    const world = await launched();
    const { list } = world.controller.ports.cluster;
    let readable = true;
    world.controller.ports.cluster = new Proxy(world.controller.ports.cluster, {
      get: (target, key) =>
        key === "list"
          ? async (...[version, kind, scope]: Parameters<typeof list>) => {
              if (!readable && scope?.namespace === "rrr-staging") throw new Error("the cache is not filled");
              return list(version, kind, scope);
            }
          : Reflect.get(target, key),
    });
    // Both sources are suspended by hand, and both are resumed while only one of them can be seen.
    const suspend = (suspended: boolean) => {
      for (const namespace of ["rrr", "rrr-staging"]) {
        const source = world.cluster.objects.get(`GitRepository/${namespace}/rrr`);
        Object.assign(source?.spec ?? {}, { suspend: suspended });
      }
    };
    suspend(true);
    await world.until(() => open(world).length === 2);
    readable = false;
    suspend(false);
    await world.pass();
    expect(open(world)).toMatchObject([{ code: "flux-suspended", environment: "staging" }]);
    const sha = world.github.push(REPOSITORY, "Second");
    await world.until(
      () =>
        last(world)?.stages.some(
          (each) => each.environment === "production" && each.stage === "reachable" && each.state === "done",
        ) ?? false,
    );
    expect(last(world)).toMatchObject({ sha, state: "running" });
    expect(here(world, "production")).toMatchObject({ released: sha, now: { commit: sha } });
    expect(here(world, "staging")?.released).toBe(world.status().launch.sha);
    expect(
      last(world)?.stages.find(({ environment, stage }) => environment === "staging" && stage === "rollout"),
    ).toMatchObject({ state: "waiting", reason: "Unreadable" });
    readable = true;
    await world.until(() => last(world)?.state === "live");
    expect(open(world)).toEqual([]);
  });

  test("fails: that is told of it by name, and the rows of the other are as they are", async () => {
    const world = await created();
    world.outcomes["inside rrr-staging.example.com"] = { state: "tcp-refused" };
    await world.until(() => world.status().phase === "Failed");
    expect(world.status().failure).toMatchObject({ environment: "staging", stage: "reachable" });
    expect(rowsOf(world, "staging").reachable).toBe("failed");
    expect(rowsOf(world, "production").reachable).toBe("done");
    expect(here(world, "production")?.now?.answer).toMatchObject({ status: 200 });
    world.outcomes["inside rrr-staging.example.com"] = answered();
    await world.live();
  });

  test("fails in a deploy: the deploy has failed, and what the other runs is the new version", async () => {
    const world = await launched();
    const sha = world.github.push(REPOSITORY, "Second");
    world.outcomes["inside rrr-staging.example.com"] = { state: "tcp-refused" };
    await world.until(() => last(world)?.state === "failed");
    expect(last(world)?.failure).toMatchObject({ environment: "staging" });
    expect(here(world, "production")?.now).toMatchObject({ commit: sha });
    expect(world.status().phase).toBe("Live");
  });

  test("is taken out of the project: what was wrong there is no longer looked at, and nobody says that it is over", async () => {
    const world = await launched();
    world.outcomes["inside rrr-staging.example.com"] = { state: "tcp-refused" };
    await world.until(() => open(world).length === 1);
    const [found] = open(world);
    expect(found).toMatchObject({ environment: "staging", severity: "fail" });
    world.edit((spec) => {
      spec.environments = spec.environments.filter(({ name }) => name !== "staging");
    });
    await world.pass();
    expect(open(world)).toEqual([]);
    const messages = cards(world);
    const of = messages.find(({ key }) => key.includes(found?.code ?? "none"));
    const card = JSON.stringify(of ?? expect.fail());
    expect(card).toContain(en.slack.finding.unlooked("staging"));
    expect(card).not.toContain("Resolved");
    expect(card).not.toContain("✔");
    // What it was stays to be read.
    expect(card).toContain(said(found).title);
    expect(JSON.stringify(messages.find(({ key }) => key === "launch"))).not.toContain("⚠");
  });
});

describe("a pin", () => {
  async function pinned() {
    const world = await launched();
    const first = world.status().launch.sha ?? "";
    const second = world.github.push(REPOSITORY, "Second");
    await world.until(() => last(world)?.sha === second && last(world)?.state === "live");
    pin(world, "staging", first);
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    return { world, first, second };
  }

  test("is a deploy of its environment, with a card, and brings manifests and image of that commit", async () => {
    const { world, first, second } = await pinned();
    expect(last(world)).toMatchObject({ sha: first, reason: "pin", environments: ["staging"], state: "live" });
    expect(last(world)?.stages.map(({ environment, stage }) => `${environment} ${stage}`)).toEqual([
      "staging rollout",
      "staging ingress",
      "staging reachable",
    ]);
    expect(here(world, "staging")).toMatchObject({ released: first, now: { commit: first, tag: first.slice(0, 12) } });
    expect(here(world, "production")).toMatchObject({ released: second, now: { commit: second } });
    expect(cardOf(world, `deploy/${last(world)?.id}`)).toContain("staging");
    expect(world.status().history.map(({ kind }) => kind)).toEqual(["launch", "deploy", "deploy"]);
  });

  test("holds back what is pushed, there alone, and says so on its card", async () => {
    const { world, first } = await pinned();
    const third = world.github.push(REPOSITORY, "Third");
    await world.until(() => last(world)?.sha === third && last(world)?.state === "live");
    expect(last(world)).toMatchObject({ reason: "push", heldBack: ["staging"] });
    expect(last(world)?.stages.map(({ environment, stage }) => `${environment ?? ""} ${stage}`)).toEqual([
      " build",
      "production rollout",
      "production ingress",
      "production reachable",
    ]);
    expect(here(world, "staging")).toMatchObject({ released: first, now: { commit: first } });
    expect(here(world, "production")).toMatchObject({ released: third });
    expect(cardOf(world, `deploy/${third}`)).toContain(en.slack.deploy.heldBack(["staging"]));
  });

  test("taken away lets the branch's commit come, in a deploy of its own", async () => {
    const { world, second } = await pinned();
    pin(world, "staging", undefined);
    await world.until(() => last(world)?.reason === "push" && last(world)?.state === "live");
    expect(last(world)).toMatchObject({ sha: second, id: `${second}.2` });
    expect(here(world, "staging")).toMatchObject({ released: second, now: { commit: second } });
    const deploys = world.status().deploys.length;
    for (let pass = 0; pass < 3; pass += 1) await world.pass();
    expect(world.status().deploys).toHaveLength(deploys);
  });

  test("taken away while it still rolls out is overtaken by what comes in its place", async () => {
    const { world, second } = await pinned();
    const third = world.github.push(REPOSITORY, "Third");
    await world.until(() => last(world)?.sha === third && last(world)?.state === "live");
    world.cluster.lagging.add("rrr-staging");
    pin(world, "staging", second);
    await world.until(() => last(world)?.reason === "pin" && last(world)?.sha === second);
    expect(last(world)?.state).toBe("running");
    world.cluster.lagging.clear();
    pin(world, "staging", undefined);
    await world.until(() => last(world)?.sha === third && last(world)?.state === "live");
    expect(world.status().deploys.filter(({ state }) => state === "running")).toEqual([]);
    expect(world.status().deploys.at(-2)).toMatchObject({ reason: "pin", state: "superseded" });
  });

  test("to what runs already begins nothing", async () => {
    const { world, second } = await pinned();
    const deploys = world.status().deploys.length;
    pin(world, "production", second);
    for (let pass = 0; pass < 3; pass += 1) {
      await world.pass();
      world.wait(5);
    }
    expect(world.status().deploys).toHaveLength(deploys);
  });

  test("while a push is on its way takes its environment out of that deploy", async () => {
    const { world, first } = await pinned();
    const third = world.github.push(REPOSITORY, "Third");
    await world.pass();
    pin(world, "production", first);
    await world.until(() => world.status().deploys.every(({ state }) => state !== "running"));
    expect(world.status().deploys.find(({ sha }) => sha === third)).toMatchObject({
      heldBack: ["staging", "production"],
      state: "superseded",
    });
    expect(last(world)).toMatchObject({ reason: "pin", environments: ["production"], sha: first, state: "live" });
    expect(cardOf(world, `deploy/${third}`)).toContain(en.slack.deployStates.heldBack);
    expect(here(world, "production")).toMatchObject({ released: first, now: { commit: first } });
  });

  test("is not stopped by a build of the branch that fails", async () => {
    const { world, second } = await pinned();
    world.github.build.conclusion = "failure";
    const third = world.github.push(REPOSITORY, "Third");
    await world.until(() => world.status().deploys.find(({ sha }) => sha === third)?.state === "failed");
    pin(world, "staging", second);
    await world.until(
      () => last(world)?.reason === "pin" && last(world)?.sha === second && last(world)?.state !== "running",
    );
    expect(last(world)?.state).toBe("live");
    expect(last(world)?.failure).toBeUndefined();
    // And the push that failed can be tried again all the same.
    world.github.build.conclusion = "success";
    await world.wish("retry");
    await world.until(() => world.status().deploys.find(({ sha }) => sha === third)?.state === "live");
  });
});
