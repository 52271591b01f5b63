import { expect, test } from "vitest";
import { boardOf } from "../../src/slack/deliver/board.ts";
import { choose } from "../../src/slack/deliver/choose.ts";
import { createGate } from "../../src/slack/deliver/create-gate.ts";
import { createLane, type Sender } from "../../src/slack/deliver/lane.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { aProject } from "./a-project.ts";
import { silent } from "./start-bot.ts";

const start = Date.parse("2026-03-01T10:00:00Z");
const after = (seconds: number) => new Date(start + seconds * 1000);

/** A lane whose only project is launching and told already; nothing is sent, only chosen. */
function lane(shownAfter = 0) {
  const project = aProject({ createdAt: after(0).toISOString() });
  const [root] = thread(project, en, after(0));
  project.status.messages.launch = {
    channel: "C0LAUNCHES",
    ts: "1.2",
    digest: root?.digest ?? "",
    at: after(0).toISOString(),
  };
  const made = createLane("C0LAUNCHES");
  const board = boardOf(undefined, project, after(shownAfter));
  made.boards.set(board.uid, board);
  return { lane: made, board, project };
}

function at(seconds: number, updates = createGate({ burst: 10, perMinute: 45 })): Sender {
  return {
    clock: { now: () => after(seconds), sleep: async () => {} },
    log: silent,
    render: (project, now) => thread(project, en, now),
    onDelivered: () => {},
    tell: () => {},
    leads: () => true,
    updates,
    looks: createGate({ burst: 1, perMinute: 1 }),
    dialect: "plan",
    // Nothing is called: choosing only looks.
    client: undefined as never,
  };
}

test("while only the clock goes on, the root is edited every ten seconds", () => {
  const { lane: launching } = lane();
  expect(choose(launching, at(3))).toEqual(after(10));
  expect(choose(launching, at(10))).toMatchObject({ kind: "refresh" });
});

test("a stopwatch waits when edits are running out", () => {
  const { lane: launching } = lane();
  const updates = createGate({ burst: 10, perMinute: 45 });
  for (let call = 0; call < 8; call += 1) updates.take(after(10));
  expect(choose(launching, at(10, updates))).toBeInstanceOf(Date);
});

test("a project that nobody speaks of any more is not edited for the clock's sake", () => {
  const { lane: launching, board } = lane();
  expect(choose(launching, at(61))).toBeUndefined();
  expect(board.project).toBe(undefined);
});

test("what another replica said in between is not said again: it is looked for", () => {
  const { board, project } = lane();
  board.looked.add("");
  board.records.delete("launch");
  const again = boardOf(board, project, after(5));
  expect(again.records.has("launch")).toBe(true);
  expect(again.looked.has("")).toBe(false);
});

test("a gate lets its burst through, then its pace, and stays shut until Retry-After", () => {
  const gate = createGate({ burst: 2, perMinute: 60 });
  gate.take(after(0));
  gate.take(after(0));
  expect(gate.opensAt(after(0))).toEqual(after(1));
  expect(gate.opensAt(after(1))).toEqual(after(1));
  gate.closeUntil(after(30));
  expect(gate.opensAt(after(5))).toEqual(after(30));
  expect(gate.room(after(5))).toBe(0);
});
