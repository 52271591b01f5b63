import { expect, test } from "vitest";
import { createWorld } from "../builders/world/create-world.ts";

test("Retry of a launch whose build failed goes on with what was pushed to mend it, not with the commit that failed", async () => {
  const world = createWorld();
  world.github.build.seconds = 6;
  world.github.build.conclusion = "failure";
  await world.create();
  await world.until(() => world.status().phase === "Failed");
  const first = world.status().launch.sha;
  world.github.build.conclusion = "success";
  const mend = world.github.push("acme/rrr", "Mend the build");
  await world.wish("retry");
  await world.live();
  expect(world.status()).toMatchObject({
    launch: { sha: mend },
    deploys: [{ sha: mend, state: "live" }],
    stages: expect.arrayContaining([
      expect.objectContaining({ stage: "repository", params: expect.objectContaining({ sha: first?.slice(0, 7) }) }),
    ]),
  });
  expect(world.github.repositories.get("acme/rrr")?.runs.map(({ attempt }) => attempt)).toEqual([1, 1]);
});

test("Retry of a launch that no build came of goes on with what was pushed since", async () => {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.until(() => world.status().launch.sha !== undefined);
  const repository = world.github.repositories.get("acme/rrr");
  repository?.runs.splice(0);
  await world.until(() => world.status().phase === "Failed");
  expect(world.status().failure?.code).toBe("workflow-missing");
  const mend = world.github.push("acme/rrr", "Add the workflow");
  await world.wish("retry");
  await world.live();
  expect(world.status()).toMatchObject({ launch: { sha: mend }, deploys: [{ sha: mend, state: "live" }] });
});
