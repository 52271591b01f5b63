import { describe, expect, test } from "vitest";
import { wish } from "../builders/wish.ts";
import { createWorld } from "../builders/world/create-world.ts";

/** As `/project create` writes it. */
const asked = { wishes: { "slack-1": { kind: "create", params: {}, by: "U0ADA", at: wish("create").at } } };

/** Where somebody else has a repository of that name. */
function taken() {
  const world = createWorld();
  void world.github.github.createRepository({
    owner: "acme",
    name: "rrr",
    visibility: "private",
    description: "theirs",
  });
  return world;
}

describe("a Project that nobody has looked at yet", () => {
  test("is requested, and launches once nothing stands in its way: what will be made is written down before anything is", async () => {
    const world = createWorld();
    await world.create(asked);
    expect(world.status()).toMatchObject({ phase: "Requested", ledger: [] });
    await world.pass();
    const [first] = world.shown;
    expect(first?.status).toMatchObject({ phase: "Launching", stages: [] });
    expect(first?.status.ledger.length).toBeGreaterThan(3);
    expect(first?.status.ledger.every(({ state }) => state === "intended")).toBe(true);
    expect(first?.status.preflight?.lines.map(({ state }) => state)).not.toContain("failed");
  });

  test("is refused where something stands in its way and somebody waits for the answer: nothing is made, nothing stays", async () => {
    const world = taken();
    await world.create(asked);
    await world.pass();
    expect(world.status()).toMatchObject({ phase: "Refused", ledger: [], stages: [] });
    expect(world.status().preflight?.lines.filter(({ state }) => state === "failed")).toMatchObject([
      { reason: "repo-name-taken", proposal: "rrr-2" },
    ]);
    expect(world.shown).toEqual([]);
    // The replica that took the command answers first.
    expect(world.refused).toEqual([]);
    await world.gone();
    expect(world.refused).toEqual(["rrr"]);
    expect(world.cluster.changes).toEqual([]);
    expect([...world.github.repositories.keys()]).toEqual(["acme/rrr"]);
  });

  test("fails at its first step where nobody waits for the answer, as one that came by kubectl", async () => {
    const world = taken();
    await world.create();
    await world.until(() => world.status().phase === "Failed");
    expect(world.status().failure?.code).toBe("repo-name-taken");
  });

  test("launches though it could not be looked at everything: it is looked at once more before anything is made", async () => {
    const world = createWorld();
    await world.create(asked);
    world.mishap({ at: 2, kind: "refused" });
    await world.pass();
    expect(world.status().phase).toBe("Launching");
    expect(world.status().preflight?.lines.map(({ state }) => state)).toContain("unknown");
    await world.live();
    expect(world.status().preflight).toBeUndefined();
  });

  test("launches after some seconds though GitHub hangs, which the first step waits for by name", {
    timeout: 20_000,
  }, async () => {
    const world = createWorld();
    const { ports } = world.controller;
    world.controller.ports = { ...ports, github: { ...ports.github, repository: () => new Promise(() => {}) } };
    await world.create(asked);
    await world.pass();
    expect(world.shown[0]?.status.preflight?.lines.find(({ check }) => check === "repository")).toMatchObject({
      state: "unknown",
      params: { because: "Late", seconds: 4, of: "look" },
    });
    expect(world.status().stages[0]).toMatchObject({ state: "waiting", reason: "Underway", params: { of: "github" } });
  });

  test("can be cancelled before it has begun", async () => {
    const world = createWorld();
    await world.create(asked);
    await world.wish("cancel");
    await world.pass();
    expect(world.status().phase).toBe("Cancelled");
    expect(world.cluster.changes).toEqual([]);
  });
});
