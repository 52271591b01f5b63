import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { Delivered } from "../../src/project/ports/slack.ts";
import type { Project } from "../../src/project/project.ts";
import type { Clock } from "../../src/slack/clock.ts";
import { createClient } from "../../src/slack/create-client.ts";
import { createDelivery } from "../../src/slack/deliver/create-delivery.ts";
import { refusalOf } from "../../src/slack/deliver/refusal-of.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { answerWith } from "../builders/faults.ts";
import { serve } from "../github/serve.ts";
import { aProject } from "./a-project.ts";
import { silent } from "./start-bot.ts";

/** Twenty times as fast, so that its pauses are. */
const SPEED = 20;
const began = Date.now();
const clock: Clock = {
  now: () => new Date(began + (Date.now() - began) * SPEED),
  sleep: (milliseconds, signal) => sleep(Math.max(0, milliseconds) / SPEED, undefined, { signal }).catch(() => {}),
};
const seconds = (count: number) => sleep((count * 1_000) / SPEED);
/** Short of the client's: whoever does not answer is given up then. */
const PATIENCE_MS = 150;

const body = z.looseObject({
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  metadata: z
    .string()
    .transform((json) => z.looseObject({ event_payload: z.looseObject({ key: z.string() }) }).parse(JSON.parse(json)))
    .optional(),
});
type Message = { ts: string; thread_ts?: string | undefined; key: string; metadata: unknown; reply_count?: number };

/** What becomes of a post: when Slack carries it out and when that is seen, in simulated seconds, and what is answered. */
interface Post {
  carriedOut?: number;
  seenAfter?: number;
  answer?: "never" | "head only" | "reset" | "html" | "unavailable" | { late: number };
}

/** A Slack that carries out what it is asked to, sooner or later, and does not always say so. */
async function slackWith(posts: Post[], stored: Message[] = []) {
  const messages = [...stored];
  const hidden = new Set<Message>();
  const deleted: string[] = [];
  let count = 0;
  const server = await serve((request, response) => {
    void (async () => {
      const given = body.parse(Object.fromEntries(new URLSearchParams(await text(request))));
      const method = request.url?.slice(1) ?? "";
      const seen = messages.filter((each) => !hidden.has(each));
      const answer = (given: object) => answerWith(undefined, response, JSON.stringify({ ok: true, ...given }));
      if (method === "conversations.history") return answer({ messages: seen.filter((each) => !each.thread_ts) });
      if (method === "conversations.replies")
        return answer({ messages: seen.filter((each) => (each.thread_ts ?? each.ts) === given.ts) });
      if (method === "chat.delete") {
        const at = messages.findIndex(({ ts }) => ts === given.ts);
        if (at < 0) return answer({ ok: false, error: "message_not_found" });
        deleted.push(messages.splice(at, 1)[0]?.ts ?? "");
        return answer({});
      }
      if (method !== "chat.postMessage") return answer({ ts: given.ts, channel: "C0LAUNCHES" });

      const post = posts.shift() ?? {};
      const carryOut = () => {
        const { thread_ts, metadata } = given;
        count += 1;
        const message = { ts: `${100 + count}.000100`, thread_ts, key: metadata?.event_payload.key ?? "", metadata };
        messages.push(message);
        if (post.seenAfter) hidden.add(message);
        if (post.seenAfter) void seconds(post.seenAfter).then(() => hidden.delete(message));
        return message.ts;
      };
      const ts = post.carriedOut === undefined ? carryOut() : "";
      if (post.carriedOut !== undefined) void seconds(post.carriedOut).then(carryOut);
      const json = { "content-type": "application/json" };
      const right = { ok: true, ts, channel: "C0LAUNCHES" };
      switch (post.answer) {
        case undefined:
          return answer(right);
        case "never":
          return;
        case "head only":
          response.writeHead(200, json);
          response.write('{"ok":');
          return;
        case "reset":
          request.socket.resetAndDestroy();
          return;
        case "html":
          return answerWith("HTML", response, "");
        case "unavailable":
          return answerWith("HTML", response, "", 503);
        default:
          await seconds(post.answer.late);
          answer(right);
      }
    })();
  });
  const delivered: Delivered[] = [];
  const delivery = createDelivery({
    client: createClient("xoxb-1", { apiUrl: `${server.url}/`, log: silent, timeoutMs: PATIENCE_MS }),
    clock,
    log: silent,
    leads: () => true,
    render: (project, now) => thread(project, en, now),
    onDelivered: (each) => delivered.push(each),
    tell: () => {},
  });
  onTestFinished(async () => {
    await delivery.stop();
    await server.close();
  });
  const calls = () => server.asked.map((each) => each.replace("POST /", ""));
  const record = (key: string) =>
    delivered.flatMap((each) => ("key" in each && each.key === key ? [each.record.ts] : [])).at(-1);
  return { delivery, messages, deleted, calls, record, keys: () => messages.map(({ key }) => key) };
}

const LOST: [string, Post][] = [
  ["comes when nobody waits for it any more", { answer: { late: 8 } }],
  ["never comes", { answer: "never" }],
  ["stops after its head", { answer: "head only" }],
  ["is a connection reset", { answer: "reset" }],
  ["is a proxy's page", { answer: "html" }],
  ["is a proxy's 503", { answer: "unavailable" }],
];

const live: () => Project = () =>
  aProject({
    status: { phase: "Live", launch: { startedAt: "2026-03-01T10:00:00Z", finishedAt: "2026-03-01T10:05:00Z" } },
  });
const metadata = (key: string) => ({ event_type: "slipway", event_payload: { project: "rrr", uid: "uid-rrr", key } });

describe.each(LOST)("a message that was posted, whose answer %s", (_, fault) => {
  test("is found, and not posted twice", async () => {
    const slack = await slackWith([fault, fault]);
    slack.delivery.show(live());
    await expect.poll(() => slack.record("milestone/live"), { timeout: 20_000 }).toBeDefined();
    expect(slack.keys()).toEqual(["launch", "milestone/live"]);
  });

  test("is waited for where the history lags behind: not seen yet is not absent", async () => {
    const slow = { ...fault, seenAfter: 6 };
    const slack = await slackWith([slow, slow]);
    slack.delivery.show(live());
    await expect.poll(() => slack.record("milestone/live"), { timeout: 20_000 }).toBeDefined();
    expect(slack.keys()).toEqual(["launch", "milestone/live"]);
  });
});

test("a message that Slack never carried out is posted once that is certain", async () => {
  const slack = await slackWith([{ answer: "unavailable", carriedOut: 10_000 }]);
  slack.delivery.show(aProject());
  await expect.poll(() => slack.record("launch"), { timeout: 20_000 }).toBeDefined();
  expect(slack.keys()).toEqual(["launch"]);
});

test("what could not even be sent is no message in doubt", async () => {
  const server = await serve(() => {});
  await server.close();
  const client = createClient("xoxb-1", { apiUrl: `${server.url}/`, log: silent });
  const error = await client.chat.postMessage({ channel: "C0", text: "rrr" }).catch((reason: unknown) => reason);
  expect(refusalOf(error)).toMatchObject({ kind: "unsent" });
});

test("a message that Slack carries out when it has been posted anew is removed once it is seen; the oldest stays", async () => {
  const slack = await slackWith([{ answer: "never", carriedOut: 20 }]);
  slack.delivery.show(aProject());
  await expect.poll(() => slack.deleted, { timeout: 20_000 }).toHaveLength(1);
  expect(slack.keys()).toEqual(["launch"]);
  expect(slack.record("launch")).toBe(slack.messages[0]?.ts);
  expect(Number(slack.messages[0]?.ts)).toBeLessThan(Number(slack.deleted[0]));
});

test("copies that are found are removed, the oldest kept and told on", async () => {
  const copies = [9.0001, 12.0001, 10.0001].map((at) => ({
    ts: `${at}00`,
    key: "launch",
    metadata: metadata("launch"),
  }));
  const slack = await slackWith([], copies);
  slack.delivery.show(aProject());
  await expect.poll(() => slack.deleted, { timeout: 20_000 }).toHaveLength(2);
  expect(slack.messages.map(({ ts }) => ts)).toEqual(["9.000100"]);
  expect(slack.record("launch")).toBe("9.000100");
  expect(slack.calls()).not.toContain("chat.postMessage");
});

test("of two cards the one is kept that people have a thread under", async () => {
  const [older, younger] = ["9.000100", "10.000100"].map((ts) => ({ ts, key: "launch", metadata: metadata("launch") }));
  const slack = await slackWith([], older && younger ? [older, { ...younger, reply_count: 2 }] : []);
  slack.delivery.show(aProject());
  await expect.poll(() => slack.deleted, { timeout: 20_000 }).toEqual(["9.000100"]);
  expect(slack.record("launch")).toBe("10.000100");
});

test("what another project said under the same key is nobody's copy", async () => {
  const other = { event_type: "slipway", event_payload: { project: "sss", uid: "uid-sss", key: "launch" } };
  const slack = await slackWith(
    [],
    [
      { ts: "9.000100", key: "launch", metadata: metadata("launch") },
      { ts: "10.000100", key: "launch", metadata: other },
    ],
  );
  slack.delivery.show(aProject());
  await expect.poll(() => slack.calls(), { timeout: 20_000 }).toContain("chat.update");
  expect(slack.deleted).toEqual([]);
});
