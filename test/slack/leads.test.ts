import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Project } from "../../src/project/project.ts";
import { createClient } from "../../src/slack/create-client.ts";
import { createDelivery } from "../../src/slack/deliver/create-delivery.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { serve } from "../github/serve.ts";
import { aProject } from "./a-project.ts";
import { clock, silent } from "./start-bot.ts";

/** A Slack that takes everything, unless `on` holds it up or answers something else. */
async function delivering(on: (method: string) => Promise<object | undefined>) {
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
  const delivery = createDelivery({
    client: createClient("xoxb-1", { apiUrl: `${server.url}/`, log: silent }),
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
  return { delivery, state, said, told, asked: server.asked };
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
