import { describe, expect, test } from "vitest";
import type { Sites } from "../../src/project/ports/sites.ts";
import { ingressObject } from "../builders/objects.ts";
import { createWorld } from "../builders/world/create-world.ts";

const seen = (sites: Sites) => sites.seen("rrr", "production");

async function live() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  return world;
}

describe("what is looked at", () => {
  test("is nothing before there is a route and something behind it, and then its URL", async () => {
    const world = createWorld();
    world.github.build.seconds = 6;
    await world.create();
    await world.pass();
    expect(seen(world.controller.ports.sites)).toBeUndefined();
    await world.live();
    expect(seen(world.controller.ports.sites)?.site).toMatchObject({ host: "rrr.example.com" });
  });

  test("changes with its Ingress", async () => {
    const world = await live();
    world.cluster.put(ingressObject({ tls: true, ip: "203.0.113.99" }));
    await world.pass();
    expect(seen(world.controller.ports.sites)?.site).toMatchObject({
      url: "https://rrr.example.com",
      address: "203.0.113.99",
    });
  });

  test("ends with the project: while it is removed, and when it is gone", async () => {
    const world = await live();
    await world.wish("remove");
    await world.until(() => world.status().phase === "Removing");
    expect(seen(world.controller.ports.sites)).toBeUndefined();
    const gone = await live();
    gone.projects.stored.delete("rrr");
    await gone.pass();
    expect(seen(gone.controller.ports.sites)).toBeUndefined();
  });
});
