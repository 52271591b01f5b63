import { expect, it } from "vitest";
import { createQueue } from "../../src/controller/queue.ts";

it("a queue that is paused forgets what waits, takes nothing, and begins anew when it is resumed", async () => {
  const worked: string[] = [];
  let finish = () => {};
  const queue = createQueue({
    work: async (key) => {
      worked.push(key);
      if (key === "long") await new Promise<void>((resolve) => (finish = resolve));
      return { again: new Date() };
    },
    workers: 1,
    onError: () => {},
    now: () => new Date(),
  });
  queue.add("long");
  queue.add("waits");
  queue.pause();
  expect(queue.length).toBe(1);
  queue.add("while-paused");
  finish();
  await new Promise((resolve) => setImmediate(resolve));
  expect([worked, queue.length]).toEqual([["long"], 0]);
  queue.resume();
  queue.add("after");
  await new Promise((resolve) => setImmediate(resolve));
  expect(worked[1]).toBe("after");
  await queue.stop();
});
