import { expect, test } from "vitest";
import type { WishKind } from "../../src/project/wishes.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";
const PRODUCTION = { environment: "production" };
/** More calls than this no pass makes before what is wished is under way. */
const CALLS = 60;

interface Scene {
  /** To where the wish can be made; gives its parameters. */
  before(world: MemoryWorld): Promise<Record<string, string> | undefined>;
  /** What was wished has come about. */
  so(world: MemoryWorld): boolean;
}

const phase = (world: MemoryWorld) => world.projects.stored.get("rrr")?.status.phase;
const released = (world: MemoryWorld) => world.status().environments[0]?.released;
const isGone = (world: MemoryWorld) => !world.projects.stored.has("rrr") && world.github.repositories.size === 0;

async function failed(world: MemoryWorld): Promise<undefined> {
  world.github.build.conclusion = "failure";
  await world.create();
  await world.until(() => phase(world) === "Failed");
  world.github.build.conclusion = "success";
}

/** Live at its second commit; gives the first. */
async function pushed(world: MemoryWorld): Promise<string> {
  await world.create();
  await world.live();
  const first = world.status().launch.sha ?? "";
  const second = world.github.push(REPOSITORY, "Second");
  await world.until(() => released(world) === second);
  return first;
}

/** A launch is told of in launch.test.ts, Check again, which leads nowhere, in checks.test.ts. */
const SCENES: Record<Exclude<WishKind, "create" | "check">, Scene> = {
  retry: { before: failed, so: (world) => phase(world) === "Live" },
  keep: { before: failed, so: (world) => phase(world) === "Kept" },
  undo: { before: failed, so: isGone },
  cancel: {
    before: async (world) => {
      await world.create();
      await world.until(() => world.status().repository !== undefined);
      return undefined;
    },
    so: (world) => phase(world) === "Cancelled",
  },
  remove: {
    before: async (world) => {
      await world.create();
      await world.live();
      return undefined;
    },
    so: isGone,
  },
  pin: {
    before: async (world) => ({ ...PRODUCTION, commit: await pushed(world) }),
    so: (world) => released(world) === world.status().launch.sha,
  },
  unpin: {
    before: async (world) => {
      const first = await pushed(world);
      await world.wish("pin", "pin-0", { ...PRODUCTION, commit: first });
      await world.until(() => released(world) === first);
      return PRODUCTION;
    },
    so: (world) => released(world) !== undefined && released(world) !== world.status().launch.sha,
  },
};

test.each(Object.entries(SCENES))(
  "a wish to %s comes about whichever call the process dies at",
  async (kind, { before, so }) => {
    for (let call = 1; call <= CALLS; call += 1) {
      const world = createWorld();
      world.github.build.seconds = 6;
      const params = await before(world);
      await world.wish(kind as WishKind, `${kind}-1`, params);
      const begun = world.calls.length;
      // A process that died after a call is, to everybody else, one that died before the next.
      world.mishap({ at: begun + call, kind: "dies-after" });
      await world.until(() => so(world));
      expect(so(world)).toBe(true);
      if (world.calls.length < begun + call) return;
    }
  },
);
