import { expect, test, vi } from "vitest";
import type { Project } from "../../src/project/project.ts";
import { recording } from "./recordings.ts";
import { storedWorld } from "./stored-world.ts";

/** As the version before writes a wish into the Project: when what was recorded was. */
test.each<[keyof Project["spec"]["intents"], string, string[]]>([
  ["cancel", "launching-building", ["Cancelled"]],
  ["cancel", "launching-rollout", ["Cancelled"]],
  ["keep", "launch-failed", ["Kept"]],
  ["retry", "launch-failed", ["Launching"]],
  ["retry", "cancelled", ["Launching"]],
  ["retry", "kept", ["Launching"]],
  ["retry", "deploy-failed", ["Live"]],
  ["undo", "launch-failed", ["Removing", "Removed"]],
  ["undo", "launching-building", ["Removing", "Removed"]],
  ["remove", "live", ["Removing", "Removed"]],
  ["remove", "two-environments", ["Removing", "Removed"]],
])("the wish to %s that is stored of a Project that is %s is heard, once", async (kind, state, phases) => {
  const recorded = recording(state);
  const world = await storedWorld(recorded, ({ spec }) => {
    spec.intents[kind] = { id: "wished-before", by: "U0ADA", at: recorded.at };
  });
  await world.pass();
  expect(world.standing().status.handled.filter((id) => id === "wished-before")).toHaveLength(1);
  expect(phases).toContain(world.standing().status.phase);
  const asked = () =>
    world.standing().status.timeline.filter(({ reason, params }) => reason === "Asked" && params.intent === kind);
  const before = asked().length;
  await world.pass();
  expect(asked()).toHaveLength(before);
  await vi.waitFor(() => expect(world.isTold()).toBe(true), { timeout: 30_000 });
});
