import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClient } from "../../src/slack/create-client.ts";
import { watchHealth } from "../../src/slack/watch-health.ts";
import { serve } from "../github/serve.ts";
import { silent } from "./start-bot.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const MINUTE = 60_000;
const well = { ok: true as const };

test("while nothing is wrong Slack is asked once, at the start, however long that lasts", async () => {
  const check = vi.fn(async () => well);
  const health = await watchHealth(check, () => false, MINUTE);
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(check).toHaveBeenCalledTimes(1);
  expect(health.problem()).toBeUndefined();
  health.stop();
});

test("where it may be wrong Slack is asked, each minute until all is well again", async () => {
  const state = { doubtful: false, ok: true };
  const check = vi.fn(async () => {
    if (!state.ok) return { ok: false as const, detail: "token_revoked" };
    state.doubtful = false;
    return well;
  });
  const health = await watchHealth(check, () => state.doubtful, MINUTE);
  Object.assign(state, { doubtful: true, ok: false });
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(health.problem()).toBe("Slack: token_revoked");
  state.doubtful = false;
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(check).toHaveBeenCalledTimes(4);
  state.ok = true;
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(health.problem()).toBeUndefined();
  expect(check).toHaveBeenCalledTimes(5);
  health.stop();
});

test.each<[string, number, string, boolean]>([
  ["what it was asked for", 200, JSON.stringify({ ok: true }), true],
  ["a refusal of what was asked", 200, JSON.stringify({ ok: false, error: "channel_not_found" }), true],
  ["a refusal of the token", 200, JSON.stringify({ ok: false, error: "token_revoked" }), false],
  ["a page", 200, "<html></html>", false],
  ["an error of its own", 503, "", false],
])("each call shows whether Slack is well: it answers with %s", async (_, status, body, wanted) => {
  const server = await serve((request, response) => {
    void text(request).then(() => response.writeHead(status, { "content-type": "application/json" }).end(body));
  });
  const heard: boolean[] = [];
  const client = createClient("xoxb-1", { apiUrl: `${server.url}/`, log: silent, heard: (is) => heard.push(is) });
  await client.chat.postMessage({ channel: "C1", text: "x" }).catch(() => {});
  expect(heard.at(-1)).toBe(wanted);
  await server.close();
  await client.chat.postMessage({ channel: "C1", text: "x" }).catch(() => {});
  expect(heard.at(-1)).toBe(false);
});
