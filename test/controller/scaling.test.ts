import { describe, expect, test } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { project } from "../builders/project.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

/** Live, in two environments with one pod each. */
async function launched() {
  const world = createWorld();
  world.github.build.seconds = 6;
  const [production] = project().spec.environments;
  if (!production) throw new Error("there is one");
  const staging = { ...production, name: "staging", namespace: "rrr-staging", host: "rrr-staging.example.com" };
  await world.create({ environments: [production, staging] });
  await world.live();
  await world.pass();
  world.cluster.changes.length = 0;
  return world;
}

async function scale(world: MemoryWorld, environment: string, replicas: number) {
  world.edit(({ environments }) =>
    Object.assign(environments.find(({ name }) => name === environment) ?? {}, { replicas }),
  );
  await world.pass();
  await world.pass();
}

const asked = (world: MemoryWorld, namespace: string) =>
  Object(world.cluster.objects.get(`Deployment/${namespace}/rrr`)?.spec).replicas;
const here = (world: MemoryWorld, environment: string) =>
  world.status().environments.find(({ name }) => name === environment);
const keys = (world: MemoryWorld) => {
  const stored = world.projects.stored.get("rrr") ?? expect.fail();
  return thread(stored, en, world.now()).map(({ key }) => key);
};

describe("how many pods a Project asks for", () => {
  test("is remembered as it was launched, and nobody is told twice while it stays", async () => {
    const world = await launched();
    await world.pass();
    expect(here(world, "staging")).toMatchObject({ launchedReplicas: 1, now: { ready: 1, wanted: 1 } });
    expect(here(world, "staging")).not.toHaveProperty("scaledSince");
    expect(world.cluster.changes).toEqual([]);
  });

  test("takes effect where it is changed, and there alone", async () => {
    const world = await launched();
    await scale(world, "staging", 3);
    expect([asked(world, "rrr"), asked(world, "rrr-staging")]).toEqual([1, 3]);
    expect(world.cluster.changes.filter((each) => each.includes("/rrr/"))).toEqual([]);
    expect(here(world, "staging")).toMatchObject({ launchedReplicas: 1, now: { ready: 3, wanted: 3 } });
    expect(here(world, "production")).not.toHaveProperty("scaledSince");
  });

  test("is no deploy, and adds no message", async () => {
    const world = await launched();
    const before = { deploys: world.status().deploys, keys: keys(world) };
    await scale(world, "production", 2);
    expect(world.status().deploys).toEqual(before.deploys);
    expect(keys(world)).toEqual(before.keys);
    expect(world.status().phase).toBe("Live");
  });

  test("is told as it is while its pods are not ready", async () => {
    const world = await launched();
    world.cluster.lagging.add("rrr");
    await scale(world, "production", 3);
    expect(here(world, "production")?.now).toMatchObject({ ready: 0, wanted: 3 });
  });

  test("counts from then on, also where it is the first one again, and of later commits", async () => {
    const world = await launched();
    await scale(world, "production", 3);
    const since = here(world, "production")?.scaledSince;
    expect(since).toEqual(expect.any(String));
    world.wait(60);
    await scale(world, "production", 1);
    expect(here(world, "production")?.scaledSince).toBe(since);
    const given = () => JSON.stringify(world.cluster.objects.get("Kustomization/rrr/rrr")?.spec);
    expect(given()).toContain('\\"/spec/replicas\\",\\"value\\":1');
    const sha = world.github.push("acme/rrr", "Second");
    await world.until(() => here(world, "production")?.released === sha);
    expect(given()).toContain('\\"/spec/replicas\\",\\"value\\":1');
  });

  test("of a project that the version before launched counts once it is changed, and not before", async () => {
    const world = await launched();
    const stored = world.projects.stored.get("rrr") ?? expect.fail();
    for (const each of stored.status.environments) delete each.launchedReplicas;
    world.edit(({ environments }) => environments.map((each) => Object.assign(each, { replicas: 4 })));
    await world.pass();
    await world.pass();
    expect(world.cluster.changes).toEqual([]);
    expect(here(world, "production")).toMatchObject({ launchedReplicas: 4 });
    await scale(world, "production", 2);
    expect(asked(world, "rrr")).toBe(2);
  });
});

describe("while something is out of reach", () => {
  const mute = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: () => () => Promise.reject(new Problem("cluster-unreachable", { evidence: "connect ETIMEDOUT" })),
    });
  const AWAY: Record<string, (world: MemoryWorld) => void> = {
    "Flux has no way to GitHub": (world) => {
      world.cluster.flux.reachesGit = false;
    },
    "GitHub does not answer": ({ controller }) => {
      controller.ports = { ...controller.ports, github: mute(controller.ports.github) };
    },
    "the registry does not answer": ({ controller }) => {
      const { registry } = controller.ports;
      // What a node is given to pull with is configured, not asked for.
      const pullCredential = () => registry.pullCredential();
      controller.ports = {
        ...controller.ports,
        registry: { has: mute(registry).has, check: mute(registry).check, forget: registry.forget, pullCredential },
      };
    },
  };

  test.each(Object.keys(AWAY))("%s: the count takes effect, and no deploy has failed of it", async (name) => {
    const world = await launched();
    const { deploys } = world.status();
    AWAY[name]?.(world);
    for (const count of [3, 0, 1]) {
      await scale(world, "production", count);
      world.wait(200);
      await world.pass();
      expect(asked(world, "rrr")).toBe(count);
      expect(here(world, "production")?.now).toMatchObject({ ready: count, wanted: count });
    }
    expect(asked(world, "rrr-staging")).toBe(1);
    expect(world.status().deploys).toEqual(deploys);
    expect(world.status().phase).toBe("Live");
  });
});

describe("before, while and after a deploy", () => {
  const PUSH = { "before it": 0, "while it is built": 1, "after it": 60 };

  test.each(Object.entries(PUSH))("what the Project says %s is what runs, with the new image", async (when, passes) => {
    const world = await launched();
    if (when === "before it") await scale(world, "production", 3);
    const sha = world.github.push("acme/rrr", "Second");
    for (let pass = 0; pass < passes; pass += 1) {
      world.wait(1);
      await world.pass();
    }
    if (when !== "before it") await scale(world, "production", 3);
    await world.until(
      () => world.status().deploys.at(-1)?.sha === sha && world.status().deploys.at(-1)?.state === "live",
    );
    await world.pass();
    expect([asked(world, "rrr"), asked(world, "rrr-staging")]).toEqual([3, 1]);
    expect(here(world, "production")?.now).toMatchObject({ tag: sha.slice(0, 12), ready: 3, wanted: 3 });
    expect(
      world
        .status()
        .deploys.slice(1)
        .map(({ state }) => state),
    ).toEqual(["live"]);
  });

  test("of two environments, one of them pinned, each runs what it says of its own", async () => {
    const world = await launched();
    const first = world.status().launch.sha ?? "";
    world.edit(({ environments }) => Object.assign(environments[1] ?? {}, { follow: "pinned", commit: first }));
    const sha = world.github.push("acme/rrr", "Second");
    await world.until(
      () => world.status().deploys.at(-1)?.sha === sha && world.status().deploys.at(-1)?.state === "live",
    );
    await scale(world, "staging", 2);
    await scale(world, "production", 3);
    expect([asked(world, "rrr"), asked(world, "rrr-staging")]).toEqual([3, 2]);
    expect(here(world, "production")?.now).toMatchObject({ tag: sha.slice(0, 12), ready: 3 });
    expect(here(world, "staging")?.now).toMatchObject({ tag: first.slice(0, 12), ready: 2 });
  });
});
