import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { writeStatus } from "../../src/controller/write-status.ts";
import type { Project } from "../../src/project/project.ts";
import { createClient } from "../../src/slack/create-client.ts";
import { createDelivery } from "../../src/slack/deliver/create-delivery.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { createWorld } from "../builders/world/create-world.ts";
import { serve } from "../github/serve.ts";
import { silent } from "./start-bot.ts";

/** A hundred times as fast. */
const SPEED = 100;
const began = Date.now();
const clock = {
  now: () => new Date(began + (Date.now() - began) * SPEED),
  sleep: (milliseconds: number, signal: AbortSignal) =>
    sleep(Math.max(0, milliseconds) / SPEED, undefined, { signal }).catch(() => {}),
};

test("ten edits that only the clock brings cost no write of status and no pass", async () => {
  const server = await serve((request, response) => {
    void text(request).then(() => {
      const answer = { ok: true, ts: "1772359200.000100", channel: "C0LAUNCHES", messages: [] };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  const world = createWorld({ now: clock.now() });
  await world.create();
  await world.pass();
  const { controller } = world;
  /** What the queue would be told. */
  let hints = 0;
  const delivery = createDelivery({
    client: createClient("xoxb-1", { apiUrl: `${server.url}/`, log: silent }),
    clock,
    log: silent,
    leads: () => true,
    render: (each, now) => thread(each, en, now),
    onDelivered: (each) => {
      controller.delivered.push(each);
      hints += 1;
    },
    tell: () => {},
  });
  onTestFinished(async () => {
    await delivery.stop();
    await server.close();
  });
  const stored = (): Project => {
    const found = world.projects.stored.get("rrr");
    if (!found) throw new Error("no Project rrr");
    return structuredClone(found);
  };
  /** The pass that is due: nothing is new, so that it writes what was delivered at most. */
  const look = async () => delivery.show(await writeStatus(stored(), stored().status, controller));
  const edits = () => server.asked.filter((each) => each.endsWith("/chat.update")).length;

  const isTold = () => thread(stored(), en, clock.now()).every(({ key }) => key in stored().status.messages);
  await expect
    .poll(async () => look().then(() => isTold() && controller.delivered.length === 0), { timeout: 20_000 })
    .toBe(true);
  const before = { hints, writes: world.projects.writes(), edits: edits() };
  await expect
    .poll(async () => look().then(() => edits() - before.edits), { timeout: 20_000, interval: 100 })
    .toBeGreaterThanOrEqual(10);
  expect({ hints, writes: world.projects.writes() }).toEqual({ hints: before.hints, writes: before.writes });
});
