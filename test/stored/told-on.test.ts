import { describe, expect, test, vi } from "vitest";
import { recordings } from "./recordings.ts";
import { storedWorld } from "./stored-world.ts";

const PASSES = 3;

// What was recorded of the version before is told on by this one.
describe.each(recordings())("a Project that is %s", (_, recorded) => {
  test("is told on without a new message, with at most one edit of each", async () => {
    const world = await storedWorld(recorded);
    for (let pass = 0; pass < PASSES; pass += 1) {
      await world.pass();
      await vi.waitFor(() => expect(world.isTold()).toBe(true), { timeout: 30_000 });
    }
    expect(world.posted.map(({ text }) => text)).toEqual([]);
    expect([...world.edits.values()].filter((count) => count > 1)).toEqual([]);
  });
});
