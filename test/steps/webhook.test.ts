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
      Promise.reject(
        new Problem("github-permission-missing", {
          destiny: { kind: "person" },
          params: { permission: "Webhooks (write)", where: "the App's page" },
          evidence: "403",
        }),
      );
    world.controller.ports = { ...world.controller.ports, github: { ...github, ensureWebhook: refused } };
    configure(world, { publicUrl: "https://bot.example.net" });
    world.github.push("acme/rrr", "Second");
    await world.until(() => world.status().deploys.at(-1)?.title === "Second");
    await world.until(() => world.status().deploys.at(-1)?.state === "live");
    world.controller.ports = { ...world.controller.ports, github };
    await world.pass();
    expect(repository(world).hooks).toMatchObject([THEIRS, { id, url: NEW }]);
  });

  test.each([401, 502])(
    "whose delivery was answered %s is written and pinged anew; if that is heard, nobody is told",
    async (status) => {
      const { world, id } = await live();
      world.github.answer = status;
      const [hook] = repository(world).hooks;
      Object.assign(hook ?? {}, { secret: "changed by hand" });
      const { github } = world.controller.ports;
      const heard: typeof github.ensureWebhook = (at, wanted) => {
        world.github.answer = 202;
        return github.ensureWebhook(at, wanted);
      };
      world.controller.ports = { ...world.controller.ports, github: { ...github, ensureWebhook: heard } };
      for (let pass = 0; pass < 6; pass += 1) {
        await world.pass();
        world.wait(30);
      }
      expect(repository(world).hooks).toMatchObject([THEIRS, { id, secret: "hook-secret" }]);
      expect(world.status()).toMatchObject({ findings: [], repository: { hookPinged: true } });
    },
  );

  test.each<[string, (world: MemoryWorld) => unknown, string]>([
    ["is not answered", ({ github }) => Object.assign(github, { answer: 502 }), "webhook-undelivered"],
    [
      "is gone and cannot be made again",
      (world) => {
        repository(world).hooks.splice(0);
        const { ports } = world.controller;
        const refused: typeof ports.github.ensureWebhook = async (at, wanted) => {
          await ports.github.ensureWebhook({ ...at, name: "none" }, wanted);
          throw new Error("there is no such repository");
        };
        world.controller.ports = { ...ports, github: { ...ports.github, ensureWebhook: refused } };
      },
      "webhook-missing",
    ],
  ])("that %s is tried once in six hours, and told", async (_, befall, code) => {
    const { world } = await live();
    const { ports } = world.controller;
    befall(world);
    const calls = asked(world);
    for (let pass = 0; pass < 10; pass += 1) {
      await world.pass();
      world.wait(20);
    }
    expect(asked(world)).toBe(calls + 1);
    expect(world.status()).toMatchObject({ phase: "Live", findings: [{ code, severity: "warn" }] });
    expect(world.status().findings[0]).not.toHaveProperty("recoveredAt");
    world.wait(6 * 3_600);
    await world.pass();
    await world.pass();
    expect(asked(world)).toBe(calls + 2);

    Object.assign(world.github, { answer: 202 });
    world.controller.ports = ports;
    world.wait(6 * 3_600);
    for (let pass = 0; pass < 3; pass += 1) await world.pass();
    expect(world.status().findings).toMatchObject([{ code, recoveredAt: expect.anything() }]);
  });

  test("of which GitHub tells nothing is left alone, and what was told of it is not over", async () => {
    const { world } = await live();
    world.github.answer = 502;
    for (let pass = 0; pass < 8; pass += 1) {
      await world.pass();
      world.wait(20);
    }
    const { github } = world.controller.ports;
    const away = () => Promise.reject(new Problem("github-unreachable", { params: {}, evidence: "ETIMEDOUT" }));
    world.controller.ports = { ...world.controller.ports, github: { ...github, lastDelivery: away } };
    const calls = asked(world);
    world.wait(7 * 3_600);
    await world.pass();
    expect(asked(world)).toBe(calls);
    expect(world.status().findings).toMatchObject([{ code: "webhook-undelivered" }]);
    expect(world.status().findings[0]).not.toHaveProperty("recoveredAt");
  });
});
