import { expect, it } from "vitest";
import { fenced } from "../../src/controller/fenced.ts";
import { reconcile } from "../../src/controller/reconcile.ts";
import { createWorld } from "../builders/world/create-world.ts";

it("a pass whose lease is lost on the way does nothing more, in the cluster, on GitHub or in Slack", async () => {
  const world = createWorld();
  await world.create();
  let calls = 0;
  // Lost at the tenth question, which is somewhere in the middle of the first pass.
  const term = { holds: () => ++calls < 10 };
  const shown: unknown[] = [];
  const controller = { ...world.controller, messenger: { show: (project: unknown) => shown.push(project) } };
  await expect(reconcile("rrr", fenced(controller, term))).rejects.toThrow("another replica leads now");
  expect(shown).toEqual([]);

  const before = JSON.stringify(world.projects.stored.get("rrr"));
  await expect(reconcile("rrr", fenced(controller, { holds: () => false }))).rejects.toThrow("get was not called");
  expect(JSON.stringify(world.projects.stored.get("rrr"))).toBe(before);

  await reconcile("rrr", fenced(controller, { holds: () => true }));
  expect(shown).toHaveLength(1);
});
