import { expect, test } from "vitest";
import type { ProjectStatus } from "../../src/project/project.ts";
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
function lane(shownAfter = 0, status: Partial<ProjectStatus> = {}) {
  const project = aProject({ createdAt: after(0).toISOString(), status });
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

function at(seconds: number, updates = createGate({ burst: 10, perMinute: 45 }), clusterAwaited?: Date): Sender {
  return {
    clock: { now: () => after(seconds), sleep: async () => {} },
    log: silent,
    render: (project, now, awaited) => thread(project, en, now, awaited),
    onDelivered: () => {},
    tell: () => {},
    leads: () => true,
    updates,
    looks: createGate({ burst: 1, perMinute: 1 }),
    ended: new Set<string>(),
    clusterAwaited,
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

test("that the cluster does not answer is on the card of what is under way at once, and off it once it does", () => {
  const { lane: launching, board } = lane();
  const told = choose(launching, at(3, undefined, after(1)));
  expect(told).toMatchObject({ kind: "update", message: { key: "launch" } });
  const { message } = told as Extract<typeof told, { kind: "update" }>; // As the line before expects.
  for (const blocks of [message.blocks.plan, message.blocks.sections])
    expect(JSON.stringify(blocks.at(-1))).toContain(
      "API server has not answered since <!date^1772359201^{time}|10:00 UTC>",
    );
  const record = board.records.get("launch");
  if (record) board.records.set("launch", { ...record, digest: message.digest });
  expect(choose(launching, at(4, undefined, after(1)))).toBeInstanceOf(Date);
  expect(choose(launching, at(5))).toMatchObject({ kind: "update", message: { key: "launch" } });
});

test("a project at rest is not edited because the cluster does not answer", () => {
  const { lane: quiet } = lane(0, { phase: "Live" });
  expect(choose(quiet, at(3, undefined, after(1)))).toBeUndefined();
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

test("of a project that is over no stopwatch runs, so that it is known to be told though a deploy was under way", () => {
  const at10 = after(10).toISOString();
  const stage = {
    stage: "build" as const,
    state: "waiting" as const,
    reason: "BuildQueued",
    params: {},
    startedAt: at10,
  };
  const deploy = (sha: string, state: "live" | "running") => ({
    ...{ id: sha, sha, tag: sha, author: "", title: sha, url: "", startedAt: at10, stages: [stage], state },
    reason: state === "live" ? ("launch" as const) : ("push" as const),
  });
  const status = { phase: "Removed" as const, deploys: [deploy("a", "live"), deploy("b", "running")] };
  const project = aProject({ createdAt: after(0).toISOString(), status });
  for (const { key, digest } of thread(project, en, after(20)))
    project.status.messages[key] = { channel: "C0LAUNCHES", ts: `${key}.1`, digest, at: after(20).toISOString() };
  const ended = createLane("C0LAUNCHES");
  const board = boardOf(undefined, project, after(20));
  ended.boards.set(board.uid, board);
  const sender = at(31);
  expect(choose(ended, sender)).toBeUndefined();
  expect(sender.ended.has(board.uid)).toBe(true);
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
