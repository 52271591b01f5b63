import { expect, test } from "vitest";
import { boardOf } from "../../src/slack/deliver/board.ts";
import { tasksOf } from "../../src/slack/deliver/tasks-of.ts";
import type { DesiredMessage } from "../../src/slack/thread.ts";
import { aProject } from "./a-project.ts";

const TOLD = new Date("2026-03-01T11:00:00Z");
const before = new Date(TOLD.getTime() - 1_000);
const after = new Date(TOLD.getTime() + 1_000);

const message = (key: string, since: Date, replyTo?: string): DesiredMessage => ({
  key,
  ...(replyTo === undefined ? {} : { replyTo }),
  channel: "C1",
  text: key,
  blocks: { plan: [], sections: [] },
  digest: "d",
  since,
});

/** One whose card is recorded, and of which nothing was left to be told then. */
function board(toldSince: Date | undefined) {
  const made = boardOf(undefined, aProject(), TOLD);
  made.records.set("launch", { channel: "C1", ts: "1.1", digest: "d", at: TOLD.toISOString() });
  made.toldSince = toldSince;
  return made;
}

const kinds = (toldSince: Date | undefined, ...desired: DesiredMessage[]) =>
  tasksOf(board(toldSince), desired).map(({ kind }) => kind);

test("a reply whose reason began once all was told is posted without a look: nobody can have posted it before", () => {
  expect(kinds(TOLD, message("finding/a/b", after, "launch"))).toEqual(["post"]);
});

test.each([
  ["began before", TOLD, message("finding/a/b", before, "launch")],
  ["is the first of a leader who has told nothing yet", undefined, message("finding/a/b", after, "launch")],
  ["is a root", TOLD, message("deploy/1", after)],
])("a message that %s is looked for first", (_, toldSince, each) => {
  expect(kinds(toldSince, each)).toEqual(["look"]);
});

test("what another replica has recorded in between ends that", () => {
  const made = board(TOLD);
  const told = { channel: "C1", ts: "1.2", digest: "d", at: TOLD.toISOString() };
  const project = aProject();
  const now = boardOf(made, { ...project, status: { ...project.status, messages: { "finding/x/y": told } } }, TOLD);
  expect(tasksOf(now, [message("finding/a/b", after, "launch")]).map(({ kind }) => kind)).toEqual(["look"]);
});
