import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { acknowledge } from "../../src/slack/acknowledge.ts";
import { en } from "../../src/words/en/index.ts";
import { startHttp } from "./start-http.ts";

describe("an acknowledgement", () => {
  /** Sleeps until it is let on. */
  function scene() {
    const patience = Promise.withResolvers<void>();
    const done: string[] = [];
    const ack = async () => void done.push("ack");
    const late = async () => void done.push("late");
    const still = { now: () => new Date(), sleep: () => patience.promise };
    return { done, options: { ack, late, clock: still }, endPatience: patience.resolve };
  }

  test("comes once what is wanted is written down, and before the rest of it", async () => {
    const { done, options } = scene();
    const rest = Promise.withResolvers<void>();
    const all = acknowledge(options, async (noted) => {
      done.push("written");
      noted();
      await rest.promise;
      done.push("answered");
    });
    await expect.poll(() => done).toEqual(["written", "ack"]);
    rest.resolve();
    await all;
    expect(done).toEqual(["written", "ack", "answered"]);
  });

  test("comes after the answer where nothing is written", async () => {
    const { done, options } = scene();
    await acknowledge(options, async () => void done.push("answered"));
    expect(done).toEqual(["answered", "ack"]);
  });

  test("does not come later than Slack waits, and then says so", async () => {
    const { done, options, endPatience } = scene();
    const hanging = Promise.withResolvers<void>();
    const all = acknowledge(options, () => hanging.promise);
    endPatience();
    await expect.poll(() => done).toEqual(["ack", "late"]);
    hanging.resolve();
    await all;
  });

  test("comes of what fails too", async () => {
    const { done, options } = scene();
    await expect(acknowledge(options, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(done).toEqual(["ack"]);
  });
});

const failed = { phase: "Failed" as const };

describe("over HTTP", () => {
  test.each<[string, (http: Awaited<ReturnType<typeof startHttp>>) => Promise<{ status: number; took: number }>]>([
    ["a command", ({ command }) => command("retry rrr")],
    ["a button", ({ press }) => press("retry", "rrr")],
    ["a mention", ({ mention }) => mention("retry rrr")],
  ])("%s is acknowledged once its wish is written, and not before", async (_, send) => {
    const http = await startHttp();
    const { bot } = http;
    await bot.launch("rrr");
    bot.setStatus("rrr", failed);
    const { wish } = bot.projects;
    const order: string[] = [];
    bot.projects.wish = async (...given) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const written = await wish(...given);
      order.push("written");
      return written;
    };
    await send(http).then(({ status }) => order.push(String(status)));
    expect(order).toEqual(["written", "200"]);
  });

  test("a command whose wish cannot be written in time is acknowledged, and says that it is not noted", async () => {
    const { bot, command, answers } = await startHttp();
    await bot.launch("rrr");
    bot.setStatus("rrr", failed);
    const hanging = Promise.withResolvers<void>();
    const { wish } = bot.projects;
    bot.projects.wish = async (...given) => {
      await hanging.promise;
      return wish(...given);
    };
    const { status, took } = await command("retry rrr");
    expect(status).toBe(200);
    expect(took).toBeLessThan(3_000);
    await expect.poll(() => answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ text: en.slack.failed.notNotedYet });
    hanging.resolve();
    await expect.poll(() => bot.asked("rrr", "retry")).toBeDefined();
    await expect.poll(() => answers).toHaveLength(2);
    expect(answers[1]).toMatchObject({ text: "Retrying rrr." });
  });

  test("what is only looked up is answered without that, however long it takes", async () => {
    const { bot, command, answers } = await startHttp();
    await bot.launch("rrr");
    const hanging = Promise.withResolvers<void>();
    const { get } = bot.projects;
    bot.projects.get = async (name) => {
      await hanging.promise;
      return get(name);
    };
    expect((await command("status rrr")).took).toBeLessThan(3_000);
    hanging.resolve();
    await expect.poll(() => answers).toHaveLength(1);
  });

  test("nobody waits for Slack to say who the bot is", async () => {
    // Takes connections and never answers.
    const silence = createServer(() => {});
    silence.listen(0, "127.0.0.1");
    await once(silence, "listening");
    onTestFinished(() => {
      silence.closeAllConnections();
      silence.close();
    });
    // A listening TCP server has an AddressInfo.
    const { port } = silence.address() as AddressInfo;
    const { bot, command } = await startHttp(`http://127.0.0.1:${port}/api/`);
    await bot.launch("rrr");
    bot.setStatus("rrr", failed);
    expect(await command("retry rrr")).toMatchObject({ status: 200 });
    expect(bot.asked("rrr", "retry")).toBeDefined();
  });
});
