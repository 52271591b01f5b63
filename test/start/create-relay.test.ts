import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import { createRelay } from "../../src/start/create-relay.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A leader whom it takes a tenth of a second to tell. */
function leader(answer: (project: string, count: number) => void = () => {}) {
  const passed: { project: string; heard: number }[] = [];
  const warned: object[] = [];
  const state = { heard: 0, underWay: 0, most: 0 };
  const relay = createRelay({
    pass: async (project) => {
      passed.push({ project, heard: state.heard });
      state.underWay += 1;
      state.most = Math.max(state.most, state.underWay);
      await new Promise((resolve) => setTimeout(resolve, 100));
      state.underWay -= 1;
      answer(project, passed.filter((each) => each.project === project).length);
    },
    now: () => new Date(),
    log: { warn: (fields: object) => void warned.push(fields) },
  });
  return { relay, passed, warned, state };
}

test("a standby that is handed ten thousand webhooks of ten projects tells the leader of each project a few times, and loses none", async () => {
  const { relay, passed, state } = leader();
  const last = new Map<string, number>();
  for (let count = 1; count <= 10_000; count += 1) {
    state.heard = count;
    const project = `p${count % 10}`;
    last.set(project, count);
    relay.tell(project);
    // All within a second.
    if (count % 1_000 === 0) await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(2_000);
  expect(passed.length).toBeLessThanOrEqual(60);
  expect(state.most).toBe(4);
  for (const [project, told] of last)
    expect(passed.findLast((each) => each.project === project)?.heard).toBeGreaterThanOrEqual(told);
});

test("what could not be passed on is tried again until it is, and what is gone is let go", async () => {
  const { relay, passed, warned } = leader((project, count) => {
    if (project === "gone") throw new Problem("object-missing", { evidence: 'projects "gone" not found' });
    if (count < 3) throw new Problem("cluster-unreachable", { evidence: "ECONNREFUSED" });
  });
  for (const project of ["there", "gone"]) relay.tell(project);
  await vi.advanceTimersByTimeAsync(600_000);
  const of = (name: string) => passed.filter(({ project }) => project === name).length;
  expect([of("there"), of("gone"), warned.length]).toEqual([3, 1, 2]);
});
