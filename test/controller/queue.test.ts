import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createQueue } from "../../src/controller/queue.ts";

/** Work that ends when the test says so. */
function bench(given: { workers?: number } = {}) {
  const begun: string[] = [];
  const failures: [string, number][] = [];
  const open = new Map<string, PromiseWithResolvers<{ again?: Date }>>();
  const queue = createQueue({
    work: (key) => {
      begun.push(key);
      const promise = Promise.withResolvers<{ again?: Date }>();
      open.set(key, promise);
      return promise.promise;
    },
    workers: given.workers ?? 2,
    onError: (key, _, count) => failures.push([key, count]),
    now: () => new Date(),
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return {
    queue,
    begun,
    failures,
    end: (key: string, again?: Date) => {
      open.get(key)?.resolve(again === undefined ? {} : { again });
      return settle();
    },
    fail: (key: string) => {
      open.get(key)?.reject(new Error("in vain"));
      return settle();
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the queue", () => {
  test("works on a key once, however often it was asked for before", async () => {
    const { queue, begun, end } = bench({ workers: 1 });
    for (const key of ["busy", "a", "a", "b", "a"]) queue.add(key);
    expect(queue.length).toBe(3);
    await end("busy");
    await end("a");
    await end("b");
    expect(begun).toEqual(["busy", "a", "b"]);
    expect(queue.length).toBe(0);
  });

  test("has one worker a key: what is asked for meanwhile is worked on once more, after", async () => {
    const { queue, begun, end } = bench();
    queue.add("a");
    queue.add("a");
    queue.add("a");
    expect(begun).toEqual(["a"]);
    await end("a");
    expect(begun).toEqual(["a", "a"]);
    await end("a");
    expect(begun).toEqual(["a", "a"]);
  });

  test("lets a slow key hold up nobody but itself", async () => {
    const { queue, begun, end } = bench();
    queue.add("slow");
    queue.add("slow");
    for (const key of ["b", "c", "d"]) queue.add(key);
    await end("b");
    await end("c");
    await end("d");
    expect(begun).toEqual(["slow", "b", "c", "d"]);
  });

  test("waits longer after each failure of a key, and for that key alone", async () => {
    const { queue, begun, failures, fail } = bench();
    queue.add("bad");
    const waited: number[] = [];
    for (let count = 1; count <= 8; count += 1) {
      await fail("bad");
      const before = Date.now();
      while (begun.length === count) await vi.advanceTimersByTimeAsync(500);
      waited.push((Date.now() - before) / 1000);
    }
    expect(waited).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(failures.at(-1)).toEqual(["bad", 8]);
    queue.add("good");
    expect(begun.at(-1)).toBe("good");
  });

  test("forgets the failures of a key once it has succeeded", async () => {
    const { queue, begun, failures, fail, end } = bench();
    queue.add("a");
    await fail("a");
    await vi.advanceTimersByTimeAsync(1_000);
    await end("a");
    queue.add("a");
    await fail("a");
    expect(failures).toEqual([
      ["a", 1],
      ["a", 1],
    ]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(begun).toHaveLength(4);
  });

  test("looks at a failing key at once when something hints at it", async () => {
    const { queue, begun, fail } = bench();
    queue.add("a");
    await fail("a");
    queue.add("a");
    expect(begun).toEqual(["a", "a"]);
  });

  test("looks again when the work asks for it, at the soonest time asked for", async () => {
    const { queue, begun, end } = bench();
    queue.add("a");
    await end("a", new Date(Date.now() + 10_000));
    queue.addAt("a", new Date(Date.now() + 3_000));
    queue.addAt("a", new Date(Date.now() + 8_000));
    await vi.advanceTimersByTimeAsync(2_999);
    expect(begun).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toHaveLength(2);
  });

  test("takes what something hints at before a thousand that are only due, and keeps a worker for it", async () => {
    const { queue, begun, end } = bench({ workers: 4 });
    for (let index = 0; index < 1_000; index += 1) queue.add(`due-${index}`, "due");
    expect(begun).toEqual(["due-0", "due-1", "due-2"]);
    queue.add("hinted");
    expect(begun.at(-1)).toBe("hinted");
    queue.add("next");
    queue.add("due-999");
    await end("due-0");
    await end("due-1");
    expect(begun.slice(4)).toEqual(["next", "due-999"]);
    expect(queue.length).toBe(1_000);
  });

  test("counts what is soon to be looked at again as hinted at, and what has failed as due", async () => {
    const { queue, begun, end, fail } = bench({ workers: 1 });
    const fill = () => ["x", "y"].forEach((key) => void queue.add(key, "due"));
    queue.add("launching");
    await end("launching", new Date(Date.now() + 5_000));
    queue.add("failing");
    await fail("failing");
    queue.add("idle");
    await end("idle", new Date(Date.now() + 300_000));
    queue.add("busy");
    await vi.advanceTimersByTimeAsync(1_000);
    fill();
    await vi.advanceTimersByTimeAsync(4_000);
    for (const key of ["busy", "launching", "failing", "x", "y"]) await end(key);
    expect(begun.slice(3)).toEqual(["busy", "launching", "failing", "x", "y"]);
    queue.add("busy");
    await vi.advanceTimersByTimeAsync(295_000);
    queue.add("hinted");
    await end("busy");
    expect(begun.at(-1)).toBe("hinted");
  });

  test("looks in the end at what is due too, however much is hinted at", async () => {
    const { queue, begun, end } = bench({ workers: 1 });
    queue.add("a");
    queue.add("due", "due");
    queue.add("b");
    for (let count = 0; count < 10; count += 1) {
      queue.add("a");
      queue.add("b");
      await end(begun.at(-1) ?? "");
    }
    expect(begun.indexOf("due")).toBe(7);
  });

  test("looks once at what is due and then hinted at, also while it is worked on", async () => {
    const { queue, begun, end } = bench({ workers: 1 });
    queue.add("busy");
    queue.add("a", "due");
    queue.add("a");
    queue.add("a", "due");
    expect(queue.length).toBe(2);
    await end("busy");
    queue.add("b");
    queue.add("a", "due");
    queue.add("a");
    queue.add("a", "due");
    await end("a");
    await end("b");
    await end("a");
    expect(begun).toEqual(["busy", "a", "b", "a"]);
    expect(queue.length).toBe(0);
  });

  test("stops when what runs has ended, and takes nothing more; stopped twice it is still stopped", async () => {
    const { queue, begun, end } = bench({ workers: 1 });
    queue.add("a");
    queue.add("b");
    queue.addAt("c", new Date(Date.now() + 1_000));
    let stopped = 0;
    for (const each of [queue.stop(), queue.stop()]) void each.then(() => (stopped += 1));
    queue.add("d");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stopped).toBe(0);
    await end("a", new Date(Date.now() + 1_000));
    expect(stopped).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(begun).toEqual(["a"]);
    await queue.stop();
  });
});
