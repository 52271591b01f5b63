import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { Delivered } from "../../src/project/ports/slack.ts";
import { Problem } from "../../src/project/problem.ts";
import type { Clock } from "../../src/slack/clock.ts";
import { createClient } from "../../src/slack/create-client.ts";
import { createDelivery } from "../../src/slack/deliver/create-delivery.ts";
import { refusalOf } from "../../src/slack/deliver/refusal-of.ts";
import { failureSentence } from "../../src/slack/failure-sentence.ts";
import { fetchSlack } from "../../src/slack/fetch-slack.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { answerWith, FAULTS, type Fault } from "../builders/faults.ts";
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

const posted = z.object({ text: z.string(), metadata: z.string().transform((json): unknown => JSON.parse(json)) });

type Answer = { fault?: Fault; instead?: object; status?: number; headers?: Record<string, string> };

/** A Slack that does as it is told, and whose answer to that method may come to grief on the way, so many times. */
async function slackWith(method: string, answers: Answer[]) {
  const messages: object[] = [];
  const server = await serve((request, response) => {
    void (async () => {
      const body = Object.fromEntries(new URLSearchParams(await text(request)));
      const asked = request.url?.slice(1) ?? "";
      const ts = `${messages.length + 1}.000100`;
      if (asked === "chat.postMessage") messages.push({ ...posted.parse(body), ts });
      const { fault, instead, status, headers } = (asked === method && answers.shift()) || {};
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
      const right = asked.startsWith("chat.") ? { ok: true, ts, channel: "C0LAUNCHES" } : { ok: true, messages };
      answerWith(fault, response, JSON.stringify(instead ?? right), status);
    })();
  });
  const delivered: Delivered[] = [];
  const client = createClient("xoxb-1", { apiUrl: `${server.url}/`, log: silent });
  const delivery = createDelivery({
    client,
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
  const recorded = () => delivered.flatMap((each) => ("key" in each ? [each.key] : []));
  return { client, delivery, messages, calls, recorded };
}

const NOT_CLEAN: [string, Answer][] = [
  ...FAULTS.map((fault): [string, Answer] => [`${fault}`, { fault }]),
  ["of another kind", { instead: {} }],
  ["a list", { instead: [] }],
  ["refused without a word", { instead: { ok: false } }],
  ["neither done nor refused", { instead: { ok: "yes", ts: "1.2" } }],
  ["a proxy's 502", { status: 502, instead: {} }],
  ["429 without a time", { status: 429, instead: { ok: false, error: "ratelimited" } }],
];

describe("whatever is no clean answer of Slack's", () => {
  test.each([...NOT_CLEAN, ["without a ts", { instead: { ok: true } }] as [string, Answer]])(
    "to a message that was posted (%s) is lost: it is looked for, and not posted twice",
    async (_, answer) => {
      const slack = await slackWith("chat.postMessage", [answer]);
      slack.delivery.show(aProject());
      await expect.poll(slack.recorded, { timeout: 60_000 }).toContain("launch");
      expect(slack.messages).toHaveLength(1);
      expect(slack.calls().slice(0, 3)).toEqual(["conversations.history", "chat.postMessage", "conversations.history"]);
    },
  );

  test.each([...NOT_CLEAN, ["without messages", { instead: { ok: true } }] as [string, Answer]])(
    "to what was posted before (%s) is not taken for none: it is asked again, and nothing posted meanwhile",
    async (_, answer) => {
      const slack = await slackWith("conversations.history", [answer]);
      slack.delivery.show(aProject());
      await expect.poll(slack.recorded, { timeout: 60_000 }).toContain("launch");
      expect(slack.calls().slice(0, 3)).toEqual(["conversations.history", "conversations.history", "chat.postMessage"]);
    },
  );

  test.each(NOT_CLEAN)("is a call that was lost (%s), whatever it was", async (_, answer) => {
    const { client } = await slackWith("auth.test", [answer]);
    const error = await client.auth.test().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(refusalOf(error)).toMatchObject({ kind: "lost" });
  });
});

test("what Slack refuses in its own words stays a refusal, and what it limits a time", async () => {
  const refused = await slackWith("auth.test", [
    { instead: { ok: false, error: "not_in_channel" } },
    { status: 429, headers: { "retry-after": "7" }, instead: {} },
  ]);
  const error = () => refused.client.auth.test().catch((reason: unknown) => reason);
  expect(refusalOf(await error())).toMatchObject({ kind: "problem", code: "slack-not-in-channel" });
  expect(refusalOf(await error())).toEqual({ kind: "wait", seconds: 7 });
});

test("what a response_url answers is nobody's to judge: it is none of the API's methods", async () => {
  await using server = await serve((_, response) => response.end("ok"));
  const ask = fetchSlack(`${server.url}/api/`);
  expect(await (await ask(`${server.url}/commands/T1/2`, { method: "POST" })).text()).toBe("ok");
  await expect(ask(`${server.url}/api/auth.test`, { method: "POST" })).rejects.toThrow("none of Slack's");
});

test("a wish whose answer was lost on its way is not told as one that was not done", () => {
  const lost = new Problem("cluster-unreachable", { evidence: "the answer was cut", params: { answer: "unclear" } });
  for (const error of [lost, new Error("anything")]) {
    const said = failureSentence(error, en);
    expect(said).toMatch(/Check in a moment whether/);
    expect(said).not.toMatch(/nothing was|not done/i);
  }
  const away = new Problem("cluster-unreachable", { evidence: "connect ECONNREFUSED" });
  expect(failureSentence(away, en)).toContain("does not answer");
});
