import { describe, expect, test } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import { settings } from "../builders/settings.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";
import type { Mishap } from "../builders/world/with-mishaps.ts";

const OLD = "https://slipway.example.com/github/webhooks";
const NEW = "https://bot.example.net/github/webhooks";
const THEIRS = { id: 7, url: "https://ci.example.org/hook", events: ["push"] };

const repository = (world: MemoryWorld) => {
  const held = world.github.repositories.get("acme/rrr");
  if (!held) throw new Error("no repository");
  return held;
};
const ledger = (world: MemoryWorld) =>
  world
    .status()
    .ledger.filter(({ kind }) => kind === "Webhook")
    .map(({ name, state, id }) => `${state} ${name} ${id}`);
const asked = (world: MemoryWorld) => world.calls.filter((each) => /Webhook/.test(each)).length;

/** Live, beside somebody else's webhook. */
async function live() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  repository(world).hooks.push(THEIRS);
  const [hook] = repository(world).hooks;
  return { world, id: hook?.id };
}

function configure(world: MemoryWorld, given: Parameters<typeof settings>[0]) {
  world.controller.settings = settings(given);
}

describe("a webhook", () => {
  test.each<[string, Parameters<typeof settings>[0], object]>([
    ["URL", { publicUrl: "https://bot.example.net" }, { url: NEW, secret: "hook-secret" }],
    ["secret", { webhookSecret: "rotated" }, { url: OLD, secret: "rotated" }],
  ])("whose %s is configured anew is changed, once, and nobody else's is touched", async (_, given, wanted) => {
    const { world, id } = await live();
    configure(world, given);
    await world.pass();
    expect(repository(world).hooks).toEqual([THEIRS, { id, ...wanted, events: expect.anything() }]);
    expect(ledger(world)).toEqual([`made ${(wanted as { url: string }).url} ${id}`]);
    const calls = asked(world);
    await world.pass();
    await world.pass();
    expect(asked(world)).toBe(calls);
  });

  test("is given the new URL whatever dies on the way, also where its id was never written down", async () => {
    for (const kind of ["dies-before", "dies-after", "refused", "answer-lost"] satisfies Mishap["kind"][])
      for (let at = 1; ; at += 1) {
        const world = createWorld();
        world.github.build.seconds = 6;
        await world.create();
        world.mishap({ at, kind });
        await world.pass();
        const reached = world.calls.length >= at;
        configure(world, { publicUrl: "https://bot.example.net" });
        await world.live();
        expect(repository(world).hooks.map(({ url }) => url)).toEqual([NEW]);
        if (!reached) break;
      }
  });

  test("from before its secret was kept track of is asked about only where its URL is another", async () => {
    const { world, id } = await live();
    const stored = world.projects.stored.get("rrr");
    if (!stored?.status.repository) throw new Error("no repository");
    delete stored.status.repository.hookSeal;
    const calls = asked(world);
    await world.pass();
    expect(asked(world)).toBe(calls);
    delete stored.status.repository.hookSeal;
    configure(world, { publicUrl: "https://bot.example.net" });
    await world.pass();
    expect(repository(world).hooks).toMatchObject([THEIRS, { id, url: NEW }]);
  });

  test("is removed where there is no public URL any more, and made anew where there is one again", async () => {
    const { world, id } = await live();
    configure(world, { publicUrl: undefined });
    await world.pass();
    expect(repository(world).hooks).toEqual([THEIRS]);
    expect(ledger(world)).toEqual([`removed ${OLD} ${id}`]);
    configure(world, {});
    await world.pass();
    expect(repository(world).hooks).toMatchObject([THEIRS, { url: OLD }]);
    expect(ledger(world)).toEqual([expect.stringMatching(`^made ${OLD} `)]);
    expect(ledger(world)).not.toEqual([`made ${OLD} ${id}`]);
  });

  test("that cannot be changed holds up no deploy, and is tried again", async () => {
    const { world, id } = await live();
    const { github } = world.controller.ports;
    const refused = () =>
      Promise.reject(new Problem("github-permission-missing", { destiny: { kind: "person" }, evidence: "403" }));
    world.controller.ports = { ...world.controller.ports, github: { ...github, ensureWebhook: refused } };
    configure(world, { publicUrl: "https://bot.example.net" });
    world.github.push("acme/rrr", "Second");
    await world.until(() => world.status().deploys.at(-1)?.title === "Second");
    await world.until(() => world.status().deploys.at(-1)?.state === "live");
    world.controller.ports = { ...world.controller.ports, github };
    await world.pass();
    expect(repository(world).hooks).toMatchObject([THEIRS, { id, url: NEW }]);
  });
});
