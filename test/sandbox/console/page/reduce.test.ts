import { describe, expect, test } from "vitest";
import { reduce } from "../../../../src/sandbox/console/page/state/reduce.ts";
import { type Change, initialState, type State } from "../../../../src/sandbox/console/page/state/state.ts";
import { ADA, BOT, workspace } from "../../../browser/fixtures/people.ts";

const start: Change[] = [
  { type: "signed_in", client: workspace(ADA) },
  { type: "went", place: { kind: "channel", id: "C0LAUNCH" } },
];
const run = (changes: Change[], from = start.reduce(reduce, initialState("system"))) => changes.reduce(reduce, from);
const message = (ts: string, more: object = {}) => ({ ts, channel: "C0LAUNCH", user: BOT.id, text: ts, ...more });
const came = (ts: string, more: object = {}): Change => ({
  type: "event",
  event: { type: "message", message: message(ts, more) },
});
const read = (state: State, ...tss: string[]): Change => ({
  type: "channel_read",
  channel: "C0LAUNCH",
  asked: state.messages.C0LAUNCH ?? {},
  messages: tss.map((ts) => message(ts)),
});
const shown = (state: State) => Object.keys(state.messages.C0LAUNCH ?? {}).sort();

describe("the page's state", () => {
  test("what came while the history was being read is not lost to an older answer", () => {
    const before = run([came("1")]);
    const answer = read(before, "1");
    const edited: Change = {
      type: "event",
      event: { type: "message_changed", message: message("1", { text: "edited" }) },
    };
    const after = run([came("2"), edited, answer], before);
    expect(shown(after)).toEqual(["1", "2"]);
    expect(after.messages.C0LAUNCH?.["1"]?.text).toBe("edited");
  });

  test("what went while nobody listened goes, what only this person saw stays", () => {
    const before = run([came("1"), came("2"), came("3", { ephemeral: true }), came("4", { thread_ts: "1" })]);
    expect(shown(run([read(before, "1")], before))).toEqual(["1", "3", "4"]);
  });

  test("a message that has not changed stays the same object", () => {
    const before = run([came("1")]);
    expect(run([read(before, "1")], before).messages.C0LAUNCH?.["1"]).toBe(before.messages.C0LAUNCH?.["1"]);
  });

  test("a reply counts once on its root, whether or not the root's own change was told", () => {
    const told = run([came("1"), came("2", { thread_ts: "1" }), came("2", { thread_ts: "1" })]);
    expect(told.messages.C0LAUNCH?.["1"]).toMatchObject({ reply_count: 1, latest_reply: "2" });
    const changed: Change = {
      type: "event",
      event: { type: "message_changed", message: message("1", { reply_count: 1, latest_reply: "2" }) },
    };
    expect(run([came("1"), changed, came("2", { thread_ts: "1" })]).messages.C0LAUNCH?.["1"]?.reply_count).toBe(1);
  });

  test("what is said elsewhere counts as unread until one goes there", () => {
    const elsewhere = run([came("1", { channel: "C0OPS" }), came("2", { channel: "C0OPS", user: ADA.id })]);
    expect(elsewhere.unread).toEqual({ C0LAUNCH: 0, C0OPS: 1 });
    expect(run([{ type: "went", place: { kind: "channel", id: "C0OPS" } }], elsewhere).unread.C0OPS).toBe(0);
  });

  test("a pushed modal lies on top, and closing it shows the one below", () => {
    const view = (id: string) => ({ id, type: "modal" as const, hash: "1", blocks: [] });
    const pushed = run([
      { type: "event", event: { type: "view_opened", view: view("V1") } },
      { type: "event", event: { type: "view_pushed", view: view("V2") } },
    ]);
    expect(pushed.modals.map(({ id }) => id)).toEqual(["V1", "V2"]);
    expect(run([{ type: "modal_closed", viewId: "V2" }], pushed).modals.map(({ id }) => id)).toEqual(["V1"]);
  });

  test("another person starts with nothing of the one before but the theme and the world", () => {
    const other = { ...ADA, id: "U0JUN" };
    const after = run([came("1"), { type: "theme", theme: "dark" }, { type: "signed_in", client: workspace(other) }]);
    expect(after).toMatchObject({ person: "U0JUN", messages: {}, theme: "dark" });
  });
});
