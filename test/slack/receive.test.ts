import { expect, test } from "vitest";
import { startBot } from "./start-bot.ts";
import { startHttp } from "./start-http.ts";

test("over HTTP a signed command launches", async () => {
  const { bot, command } = await startHttp();
  expect((await command("create rrr", "1.2.a")).status).toBe(200);
  await bot.message((message) => message.text.startsWith("rrr · launching") && !message.ephemeral);
});

test("over HTTP Slack is well without a connection to it", async () => {
  const { side } = await startHttp();
  expect(await side.check()).toMatchObject({ ok: true, way: "http", missing: [] });
});

test("a forged or stale signature does nothing", async () => {
  const { bot, command } = await startHttp();
  expect((await command("create rrr", "1.2.a", { secret: "wrong" })).status).toBe(401);
  expect((await command("create rrr", "1.2.b", { age: 600 })).status).toBe(401);
  expect(bot.stored.size).toBe(0);
});

test("a command that is delivered twice makes one project and one wish", async () => {
  const { bot, command } = await startHttp();
  const both = await Promise.all([command("create rrr", "1.2.a"), command("create rrr", "1.2.a")]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  await bot.message((message) => message.text.startsWith("rrr · launching") && !message.ephemeral);
  expect(bot.created).toEqual(["rrr"]);

  await command("cancel rrr", "1.2.c");
  await expect.poll(() => bot.asked("rrr", "cancel")).toBeDefined();
  const first = bot.asked("rrr", "cancel");
  await command("cancel rrr", "1.2.c");
  expect(bot.asked("rrr", "cancel")).toEqual(first);
});

test("the same delivery at another replica is the same wish", async () => {
  const one = await startHttp();
  await one.bot.launch("rrr");
  await one.command("cancel rrr", "1.2.c");
  await expect.poll(() => one.bot.asked("rrr", "cancel")?.id).toBeDefined();
  const id = one.bot.asked("rrr", "cancel")?.id;
  const other = await startHttp();
  await other.bot.launch("rrr");
  await other.command("cancel rrr", "1.2.c");
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
