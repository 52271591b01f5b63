import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { OPEN_ACCESS } from "../../src/slack/access/access-file.ts";
import { createSlack } from "../../src/slack/create-slack.ts";
import { en } from "../../src/words/en/index.ts";
import { clock, settings, silent, startBot, wellDoctor } from "./start-bot.ts";

/** A bot in HTTP mode beside the Socket Mode one, on the same Projects. */
async function startHttp() {
  const bot = await startBot();
  const side = createSlack({
    botToken: bot.slack.botToken,
    signingSecret: bot.slack.signingSecret,
    apiUrl: bot.slack.apiUrl,
    projects: bot.projects,
    launcher: bot.launcher,
    doctor: wellDoctor,
    settings,
    words: en,
    access: OPEN_ACCESS,
    clock,
    log: silent,
    onDelivered: () => {},
  });
  const { requestListener } = side;
  if (!requestListener) throw new Error("HTTP mode has a request listener");
  const server = createServer(requestListener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.close();
    await side.stop();
  });
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/slack/events`;

  const send = (fields: Record<string, string>, options: { secret?: string; age?: number } = {}) => {
    const body = new URLSearchParams(fields).toString();
    const timestamp = Math.floor(Date.now() / 1000) - (options.age ?? 0);
    const mac = createHmac("sha256", options.secret ?? bot.slack.signingSecret).update(`v0:${timestamp}:${body}`);
    return fetch(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": String(timestamp),
        "x-slack-signature": `v0=${mac.digest("hex")}`,
      },
    });
  };
  const command = (text: string, trigger: string) => ({
    command: "/project",
    text,
    trigger_id: trigger,
    user_id: bot.you,
    team_id: "T012",
    channel_id: bot.channels.launches,
    response_url: `${bot.slack.url}/nowhere`,
  });
  return { bot, side, url, send, command };
}

test("over HTTP a signed command launches", async () => {
  const { bot, send, command } = await startHttp();
  expect((await send(command("create rrr", "1.2.a"))).status).toBe(200);
  await bot.message((message) => message.text.startsWith("rrr · launching") && !message.ephemeral);
});

test("over HTTP Slack is well without a connection to it", async () => {
  const { side } = await startHttp();
  expect(await side.check()).toMatchObject({ ok: true, way: "http", missing: [] });
});

test("a forged or stale signature does nothing", async () => {
  const { bot, send, command } = await startHttp();
  expect((await send(command("create rrr", "1.2.a"), { secret: "wrong" })).status).toBe(401);
  expect((await send(command("create rrr", "1.2.b"), { age: 600 })).status).toBe(401);
  expect(bot.stored.size).toBe(0);
});

test("a command that is delivered twice makes one project and one wish", async () => {
  const { bot, send, command } = await startHttp();
  const both = await Promise.all([send(command("create rrr", "1.2.a")), send(command("create rrr", "1.2.a"))]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  await bot.message((message) => message.text.startsWith("rrr · launching") && !message.ephemeral);
  expect(bot.created).toEqual(["rrr"]);

  await send(command("cancel rrr", "1.2.c"));
  await expect.poll(() => bot.asked("rrr", "cancel")).toBeDefined();
  const first = bot.asked("rrr", "cancel");
  await send(command("cancel rrr", "1.2.c"));
  expect(bot.asked("rrr", "cancel")).toEqual(first);
});

test("the same delivery at another replica is the same wish", async () => {
  const one = await startHttp();
  await one.bot.launch("rrr");
  await one.send(one.command("cancel rrr", "1.2.c"));
  await expect.poll(() => one.bot.asked("rrr", "cancel")?.id).toBeDefined();
  const id = one.bot.asked("rrr", "cancel")?.id;
  const other = await startHttp();
  await other.bot.launch("rrr");
  await other.send(other.command("cancel rrr", "1.2.c"));
  await expect.poll(() => other.bot.asked("rrr", "cancel")?.id).toBe(id);
});

test("check tells a refused token and a lost connection apart", async () => {
  const bot = await startBot();
  expect(await bot.side()?.check()).toEqual({ ok: true, user: "slipway", team: "Acme", way: "socket", missing: [] });
  bot.workspace.revokeTokens();
  expect(await bot.side()?.check()).toMatchObject({ ok: false, code: "slack-token-invalid", detail: "token_revoked" });
  bot.workspace.revokeTokens(false);
  await bot.side()?.stop();
  expect(await bot.side()?.check()).toEqual({
    ok: false,
    code: "slack-socket-down",
    detail: "Socket Mode is not connected",
  });
});

test("Socket Mode comes back after Slack's disconnect and after a cut", async () => {
  const bot = await startBot();
  bot.workspace.disconnect();
  await bot.workspace.connected();
  bot.workspace.disconnect("cut");
  await expect.poll(() => bot.workspace.connections(), { timeout: 45_000, interval: 1 }).toBe(0);
  await bot.workspace.connected();
  await bot.launch("rrr");
});

test("Socket Mode comes back when Slack refuses connections for a while", async () => {
  const bot = await startBot();
  bot.workspace.failNext("apps.connections.open", "internal_error", { times: 2 });
  bot.workspace.disconnect("cut");
  await expect.poll(() => bot.workspace.connections(), { timeout: 45_000, interval: 1 }).toBe(0);
  await bot.workspace.connected();
  await bot.launch("rrr");
});
