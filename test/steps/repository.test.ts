import { describe, expect, test } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import { settings } from "../builders/settings.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

/** What would change something on GitHub, or ask it for a way in. */
const WRITES = /^github\.(create|describe|delete|push|allow|ensure|rerun|cancel|clone)/;

const full = "acme/rrr";
const held = (world: MemoryWorld) => {
  const found = world.github.repositories.get(full);
  if (!found) throw new Error("no repository");
  return found;
};

const troubles: Record<string, { code: string; befall(world: MemoryWorld): unknown; mend(world: MemoryWorld): void }> =
  {
    deleted: {
      code: "repo-gone",
      befall: (world) => {
        kept = held(world);
        world.github.repositories.delete(full);
      },
      mend: (world) => void (kept && world.github.repositories.set(full, kept)),
    },
    renamed: {
      code: "repo-gone",
      befall: (world) => world.github.rename(full, "acme/shop"),
      mend: (world) => world.github.rename("acme/shop", full),
    },
    replaced: {
      code: "repo-gone",
      befall: async (world) => {
        kept = held(world);
        world.github.repositories.delete(full);
        const theirs = { owner: "acme", name: "rrr", visibility: "public" as const, description: "Theirs" };
        await world.github.github.createRepository(theirs);
      },
      mend: (world) => void (kept && world.github.repositories.set(full, kept)),
    },
    archived: {
      code: "repo-archived",
      befall: (world) => {
        held(world).repository.archived = true;
      },
      mend: (world) => {
        held(world).repository.archived = false;
      },
    },
  };
let kept: ReturnType<typeof held> | undefined;

/** As far as a launch may have come when it happens. */
const moments: Record<string, (world: MemoryWorld) => Promise<void>> = {
  "before the first commit": (world) => world.until(() => world.status().repository !== undefined),
  "while it is built": (world) => world.until(() => world.status().builds.length > 0),
  "when it is live": (world) => world.live(),
};

/** Without a first commit once the repository is recorded: GitHub rejects the push until `let`. */
function holdBack(world: MemoryWorld) {
  const { github } = world.controller.ports;
  const pushFirstCommit = () => Promise.reject(new Problem("github-unreachable", { evidence: "502" }));
  world.controller.ports = { ...world.controller.ports, github: { ...github, pushFirstCommit } };
  return () => {
    world.controller.ports = { ...world.controller.ports, github };
  };
}

async function begun(moment: string) {
  const world = createWorld();
  world.github.build.seconds = 60;
  await world.create();
  const letGo = moment === "before the first commit" ? holdBack(world) : () => {};
  await moments[moment]?.(world);
  expect(world.status().launch.sha === undefined).toBe(moment === "before the first commit");
  letGo();
  return world;
}

describe.each(Object.keys(troubles))("a repository that was %s", (trouble) => {
  test.each(Object.keys(moments))("%s is told, never made again, and nothing is written for it", async (moment) => {
    const world = await begun(moment);
    const { code, befall, mend } = troubles[trouble] ?? expect.fail();
    await befall(world);
    const stands = JSON.stringify([...world.github.repositories]);
    world.calls.length = 0;
    world.cluster.changes.length = 0;
    // Each of these would have been written to the repository.
    world.controller.settings = settings({ publicUrl: "https://bot.example.net" });
    for (let pass = 0; pass < 4; pass += 1) {
      await world.pass();
      world.wait(1);
    }
    const open = world.status().findings.filter(({ recoveredAt }) => recoveredAt === undefined);
    expect(open.map((each) => each.code)).toEqual([code]);
    expect(
      world.calls.filter((call) => WRITES.test(call) && !(code === "repo-archived" && /clone/.test(call))),
    ).toEqual([]);
    expect(JSON.stringify([...world.github.repositories])).toBe(stands);
    expect(world.cluster.changes.filter((change) => /GitRepository/.test(change))).toEqual([]);
    const stops = moment !== "when it is live" && !(trouble === "archived" && moment === "while it is built");
    expect(world.status().phase).toBe(moment === "when it is live" ? "Live" : stops ? "Failed" : "Launching");
    expect(world.status().failure?.code).toBe(stops ? code : undefined);

    mend(world);
    await world.live();
    await world.pass();
    expect(world.status().findings.map(({ recoveredAt }) => recoveredAt === undefined)).toEqual([false]);
    expect(held(world).hooks.map(({ url }) => url)).toEqual(["https://bot.example.net/github/webhooks"]);
  });
});

describe("a repository that stands", () => {
  test("is described once, and again only where somebody changed its words", async () => {
    const world = await begun("when it is live");
    world.calls.length = 0;
    for (let pass = 0; pass < 3; pass += 1) await world.pass();
    expect(world.calls.filter((call) => WRITES.test(call) && !/clone/.test(call))).toEqual([]);
    held(world).repository.description = "Ours";
    for (let pass = 0; pass < 3; pass += 1) await world.pass();
    expect(world.calls.filter((call) => call === "github.describeRepository")).toHaveLength(1);
    expect(held(world).repository.description).toContain("launched with Slipway");
  });

  test("is neither gone nor found again while GitHub cannot be asked", async () => {
    const world = await begun("when it is live");
    const { github } = world.controller.ports;
    const locate = () => Promise.reject(new Problem("github-unreachable", { evidence: "connect ETIMEDOUT" }));
    const cutOff = () => {
      world.controller.ports = { ...world.controller.ports, github: { ...github, locate } };
    };
    cutOff();
    await world.pass();
    expect(world.status().findings).toEqual([]);
    world.controller.ports = { ...world.controller.ports, github };
    world.github.repositories.delete(full);
    await world.pass();
    cutOff();
    await world.pass();
    expect(world.status().findings).toMatchObject([{ code: "repo-gone" }]);
    expect(world.status().findings[0]?.recoveredAt).toBeUndefined();
  });

  test("gets its first commit once: where that is recorded none is pushed, whatever stands in the branch", async () => {
    for (const moment of ["while it is built", "when it is live"]) {
      const world = await begun(moment);
      world.calls.length = 0;
      held(world).commits.length = 0;
      await world.wish("retry");
      for (let pass = 0; pass < 5; pass += 1) await world.pass();
      expect(world.calls.filter((call) => call === "github.pushFirstCommit")).toEqual([]);
    }
  });
});

describe("a name that leads to another repository", () => {
  test("is not taken from it", async () => {
    const world = createWorld();
    await world.github.github.createRepository({ owner: "acme", name: "rrr", visibility: "public", description: "x" });
    world.github.rename(full, "acme/shop");
    await world.create();
    await world.until(() => world.status().phase === "Failed");
    expect(world.status().failure).toMatchObject({ code: "repo-name-taken", params: { now: "acme/shop" } });
    expect([...world.github.repositories.keys()]).toEqual(["acme/shop"]);
  });
});

describe("a removal", () => {
  test("leaves a repository that was renamed since where it is", async () => {
    const world = await begun("when it is live");
    world.github.rename(full, "acme/shop");
    await world.wish("remove");
    await world.gone();
    expect([...world.github.repositories.keys()]).toEqual(["acme/shop"]);
  });
});
