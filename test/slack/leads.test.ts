import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Fence, OPEN } from "../../src/project/ports/fence.ts";
import type { Project } from "../../src/project/project.ts";
import { createClient } from "../../src/slack/create-client.ts";
import { createDelivery } from "../../src/slack/deliver/create-delivery.ts";
import { thread } from "../../src/slack/thread.ts";
import { whisper } from "../../src/slack/whisper.ts";
import { createFence } from "../../src/start/create-fence.ts";
import { en } from "../../src/words/en/index.ts";
import { serve } from "../github/serve.ts";
import { aProject } from "./a-project.ts";
import { clock, silent } from "./start-bot.ts";

/** A Slack that takes everything, unless `on` holds it up or answers something else. */
async function delivering(on: (method: string) => Promise<object | undefined>, fence: Fence = OPEN) {
  let posted = 0;
  const server = await serve((request, response) => {
    void (async () => {
      await text(request);
      const method = request.url?.slice(1) ?? "";
      const other = await on(method);
      posted += 1;
      const answer = method.startsWith("chat.") ? { ok: true, ts: `${posted}.1` } : { ok: true, messages: [] };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(other ?? answer));
    })();
  });
  const state = { leads: true };
  const told: string[] = [];
  const client = createClient("xoxb-1", { apiUrl: `${server.url}/`, log: silent, fence });
  const delivery = createDelivery({
    client,
    clock,
    log: silent,
    leads: () => state.leads,
    render: (project: Project, now: Date) => thread(project, en, now),
    onDelivered: () => {},
    tell: (_, code) => void told.push(code),
  });
  onTestFinished(async () => {
    await delivery.stop();
    await server.close();
  });
  const said = () => server.asked.filter((each) => each.startsWith("POST /chat."));
  return { client, delivery, state, said, told, asked: server.asked };
}

const live = () =>
  aProject({
    status: { phase: "Live", launch: { startedAt: "2026-03-01T10:00:00Z", finishedAt: "2026-03-01T10:05:00Z" } },
  });

test("a replica that lost the lease while Slack held its answer posts nothing more, until it leads again", async () => {
  const first = Promise.withResolvers<void>();
  const slack = await delivering(async (method) => {
    if (method !== "chat.postMessage") return undefined;
    slack.state.leads = false;
    first.resolve();
    await sleep(20);
    return undefined;
  });
  slack.delivery.show(live());
  await first.promise;
  await sleep(300);
  expect(slack.said()).toEqual(["POST /chat.postMessage"]);
  // Whoever shows it anew, without the lease, is not heard either.
  slack.delivery.show(live());
  await sleep(100);
  expect(slack.said()).toHaveLength(1);
});

test("a replica that leads tells all of it", async () => {
  const slack = await delivering(async () => undefined);
  slack.delivery.show(live());
  await vi.waitFor(() => expect(slack.said().length).toBeGreaterThan(1), { timeout: 30_000 });
});

test("a refusal that comes after the lease is lost is told to nobody by the old leader", async () => {
  const slack = await delivering(async () => {
    slack.state.leads = false;
    return { ok: false, error: "not_in_channel" };
  });
  slack.delivery.show(live());
  await expect.poll(() => slack.asked.length).toBe(1);
  await slack.delivery.stop();
  expect(slack.told).toEqual([]);
});

function aTerm() {
  const state = { over: false };
  return { holds: () => !state.over, end: () => Object.assign(state, { over: true }) };
}

describe("each call asks for the term that it is made in, whatever the loop around it believes", () => {
  async function inTerm(on: (method: string, end: () => void) => Promise<object | undefined>) {
    const fence = createFence();
    const term = aTerm();
    const slack = await delivering((method) => on(method, term.end), fence);
    fence.run(term, () => slack.delivery.show(live()));
    return { ...slack, fence };
  }

  test("one that ended between two calls: the second is not sent", async () => {
    const slack = await inTerm(async (method, end) => {
      if (method === "chat.postMessage") end();
      return undefined;
    });
    await expect.poll(slack.said).toHaveLength(1);
    await sleep(300);
    expect(slack.said()).toEqual(["POST /chat.postMessage"]);
  });

  test("one that ended while a look was answered, before the first message", async () => {
    const slack = await inTerm(async (method, end) => {
      if (method === "conversations.history") end();
      return undefined;
    });
    await expect.poll(() => slack.asked).toContain("POST /conversations.history");
    await sleep(300);
    expect(slack.said()).toEqual([]);
  });

  test("one that ended while a call that Slack refused waited to be tried again", async () => {
    const slack = await inTerm(async (method, end) => {
      if (method !== "chat.postMessage") return undefined;
      setTimeout(end, 100);
      return { ok: false, error: "internal_error" };
    });
    await expect.poll(() => slack.asked.length, { timeout: 5_000 }).toBe(3);
    await sleep(1_000);
    expect(slack.said()).toHaveLength(1);
  });

  test("one that a wake from outside of any term does not revive", async () => {
    const slack = await inTerm(async (method, end) => {
      if (method !== "chat.postMessage") return undefined;
      end();
      return { ok: false, error: "not_in_channel" };
    });
    await expect.poll(slack.said).toHaveLength(1);
    slack.delivery.wake("C0LAUNCHES");
    await sleep(300);
    expect(slack.said()).toHaveLength(1);
  });

  test("the next one of ours says the rest", async () => {
    let ended = false;
    const slack = await inTerm(async (method, end) => {
      if (method === "chat.postMessage" && !ended) end();
      ended ||= method === "chat.postMessage";
      return undefined;
    });
    await expect.poll(slack.said).toHaveLength(1);
    await sleep(100);
    slack.fence.run(aTerm(), () => slack.delivery.show(live()));
    await expect.poll(() => slack.said().length, { timeout: 5_000 }).toBeGreaterThan(1);
  });

  test("an answer to a person is in nobody's term", async () => {
    const slack = await inTerm(async (method, end) => {
      if (method === "chat.postMessage") end();
      return undefined;
    });
    await expect.poll(slack.said).toHaveLength(1);
    await whisper(slack.client, { person: "U0ADA", channel: "C0LAUNCHES" }, { text: "rrr", blocks: [] });
    expect(slack.said()).toContain("POST /chat.postEphemeral");
  });
});

test("of many calls at once each is sent in the term of whoever made it, also where they are more than a client's hundred", async () => {
  const fence = createFence();
  const old = aTerm();
  const slack = await delivering(async () => void (await sleep(20)), fence);
  const said = (text: string) => slack.client.chat.postMessage({ channel: "C0LAUNCHES", text }).then(() => "sent");
  const before = fence.run(aTerm(), () => Array.from({ length: 120 }, () => said("ours")));
  old.end();
  await expect(fence.run(old, () => said("theirs"))).rejects.toThrow("another replica leads now");
  expect(new Set(await Promise.all(before))).toEqual(new Set(["sent"]));
});
