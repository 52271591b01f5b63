import { expect, test, vi } from "vitest";
import { recordings } from "./recordings.ts";
import { storedWorld } from "./stored-world.ts";

const told = recordings().filter(([, { messages }]) => messages.length > 0);

// The process died between posting and recording: what is known of the messages is what stands on them in Slack.
test.each(told)("every message of a Project that is %s is found again by what stands on it", async (_, recorded) => {
  const world = await storedWorld(recorded, ({ status }) => {
    status.messages = {};
  });
  await vi.waitFor(
    async () => {
      await world.pass();
      expect(world.isTold()).toBe(true);
    },
    { timeout: 30_000 },
  );
  await world.pass();
  expect(world.posted.map(({ text }) => text)).toEqual([]);
  const { messages } = world.standing().status;
  const known = Object.entries(messages).map(([key, { ts }]) => [key, ts]);
  expect(Object.fromEntries(known)).toEqual(
    Object.fromEntries(recorded.messages.map(({ ts, metadata }) => [metadata.event_payload.key, ts])),
  );
});
