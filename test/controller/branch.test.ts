import { describe, expect, test } from "vitest";
import { createWorld } from "../builders/world/create-world.ts";

async function launched() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  await world.pass();
  const held = world.github.repositories.get("acme/rrr") ?? expect.fail();
  return { world, held };
}

describe("the default branch", () => {
  test.each(["trunk", "release/2026", "дом"])(
    "is %s from now on: that one is asked for its head and followed",
    async (branch) => {
      const { world, held } = await launched();
      const { deploys } = world.status();
      held.repository.defaultBranch = branch;
      const { commit } = world.controller.ports.github;
      const asked: string[] = [];
      world.controller.ports.github.commit = (at, of) => {
        asked.push(of);
        return commit(at, of);
      };
      for (let pass = 0; pass < 3; pass += 1) {
        world.wait(300);
        await world.pass();
      }
      expect(asked.at(-1)).toBe(branch);
      expect(world.cluster.objects.get("GitRepository/rrr/rrr")?.spec).toMatchObject({ ref: { branch } });
      // The same commit by another name is no deploy.
      expect(world.status().deploys).toEqual(deploys);
      const sha = world.github.push("acme/rrr", "Work on it");
      await world.until(
        () => world.status().deploys.at(-1)?.sha === sha && world.status().deploys.at(-1)?.state === "live",
      );
      expect(asked.at(-1)).toBe(branch);
    },
  );
});

describe("a repository that", () => {
  test.each([["private"], ["public"]] as const)("is made %s goes on as before", async (visibility) => {
    const { world, held } = await launched();
    held.repository.visibility = visibility;
    const sha = world.github.push("acme/rrr", "Second");
    await world.until(
      () => world.status().deploys.at(-1)?.sha === sha && world.status().deploys.at(-1)?.state === "live",
    );
    expect(world.status().findings).toEqual([]);
  });
});
