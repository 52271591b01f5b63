import { describe, expect, test } from "vitest";
import { glance } from "../../src/controller/glance.ts";
import { rules } from "../../src/diagnosis/rules/index.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const SOURCE = "GitRepository/rrr/rrr";
const CUT =
  'failed to checkout and determine revision: unable to list remote: Get "https://github.com": dial tcp: i/o timeout';

async function launched() {
  const world = createWorld();
  await world.create();
  await world.live();
  await world.pass();
  world.shown.length = 0;
  world.calls.length = 0;
  return world;
}

function fetches(world: MemoryWorld, well: boolean, message = CUT) {
  const object = world.cluster.objects.get(SOURCE);
  if (!object) throw new Error("no source");
  const status = well ? "True" : "False";
  const reason = well ? "Succeeded" : "GitOperationFailed";
  const at = world.now().toISOString();
  object.status = {
    ...Object(object.status),
    conditions: [
      { type: "Ready", status, reason, message: well ? "" : message, lastTransitionTime: at },
      ...(well ? [] : [{ type: "FetchFailed", status: "True", reason, message, lastTransitionTime: at }]),
    ],
  };
}

const look = (world: MemoryWorld) => glance("rrr", world.controller);
const open = (world: MemoryWorld) => world.status().findings.filter(({ recoveredAt }) => recoveredAt === undefined);
const shownLast = (world: MemoryWorld) => world.shown.at(-1)?.status.findings.map(({ code }) => code);

describe("a glance", () => {
  test("tells that a source fails without asking GitHub or the registry, and writes nothing", async () => {
    const world = await launched();
    fetches(world, false);
    const before = structuredClone(world.projects.stored.get("rrr"));
    expect(await look(world)).toBe(true);
    expect(shownLast(world)).toEqual(["flux-source-timeout"]);
    expect(world.calls.filter((call) => /^(github|registry|vantage|sites)/.test(call))).toEqual([]);
    expect(world.projects.stored.get("rrr")).toEqual(before);
  });

  test("is followed by a pass that writes down what was told before it asks anybody, and finds nothing new in it", async () => {
    const world = await launched();
    fetches(world, false);
    await look(world);
    const told = world.shown.at(-1)?.status.findings;
    world.calls.length = 0;
    await world.pass();
    const written = world.calls.indexOf("projects.writeStatus");
    const asked = world.calls.findIndex((call) => call.startsWith("github"));
    expect(written).toBeGreaterThan(-1);
    expect(asked === -1 || written < asked).toBe(true);
    expect(open(world)).toMatchObject(told ?? []);
    expect(world.controller.glanced).toEqual([]);
  });

  test("of what is over before the pass is told to be over", async () => {
    const world = await launched();
    fetches(world, false);
    await look(world);
    fetches(world, true);
    await world.pass();
    expect(world.status().findings).toMatchObject([{ code: "flux-source-timeout", recoveredAt: expect.any(String) }]);
  });

  test("that is lost before its pass costs nothing: the pass finds it", async () => {
    const world = await launched();
    fetches(world, false);
    await look(world);
    world.controller.glanced.length = 0;
    await world.pass();
    expect(open(world).map(({ code }) => code)).toEqual(["flux-source-timeout"]);
  });

  test("tells it once, before the pass and after it", async () => {
    const world = await launched();
    fetches(world, false);
    expect(await look(world)).toBe(true);
    expect(await look(world)).toBe(false);
    await world.pass();
    expect(await look(world)).toBe(false);
    expect(open(world)).toHaveLength(1);
  });

  test("leaves alone what is to be made sure of first", async () => {
    const world = await launched();
    fetches(world, false, "authentication required");
    expect(await look(world)).toBe(false);
    expect(world.shown).toEqual([]);
  });

  test("leaves a launch, and a wish that nobody has heard, to the pass", async () => {
    const world = await launched();
    fetches(world, false);
    await world.wish("check");
    expect(await look(world)).toBe(false);
    const launching = createWorld();
    await launching.create();
    await launching.pass();
    expect(await look(launching)).toBe(false);
  });
});

test("what is judged at a glance is of an environment, made sure of by one look, and explained by nothing that is not", () => {
  const glanced = rules.filter((rule) => rule.glance);
  expect(glanced.length).toBeGreaterThan(0);
  for (const { code, scope, confirm, needs } of glanced) {
    expect({ code, scope, confirm }).toEqual({ code, scope: "environment", confirm: undefined });
    expect(needs.length).toBeGreaterThan(0);
    const causes = rules.filter(({ explains, glance }) => explains?.includes(code) && !glance);
    expect({ code, causes: causes.map((cause) => cause.code) }).toEqual({ code, causes: [] });
  }
});
