import { expect, test } from "vitest";
import type { Delivered } from "../../src/project/ports/slack.ts";
import type { Clock } from "../../src/slack/clock.ts";
import { asText } from "./as-text.ts";
import { press } from "./press.ts";
import { type Bot, clock, startBot } from "./start-bot.ts";

const building = (step: number) => ({
  stages: [
    {
      stage: "build" as const,
      state: "waiting" as const,
      reason: "BuildRunning",
      params: { number: 1, job: "build", step: "docker build", stepNumber: step, stepCount: 99 },
    },
  ],
});
const says = (bot: Bot, text: string) =>
  bot.message((message) => !message.ephemeral && JSON.stringify(message.blocks ?? []).includes(text));
const problems = (delivered: Delivered[]) =>
  delivered.flatMap((news) => ("problem" in news ? [news.problem?.code ?? "none"] : []));
const calls = (bot: Bot, method: string) =>
  bot.calls.filter((call) => call.path === method || call.path.endsWith(`/${method}`));

test("many states in a row: what is in between is skipped and the last one stays", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  for (let step = 1; step <= 99; step += 1) bot.setStatus("rrr", building(step));
  await says(bot, "step 99 of 99");
  expect(calls(bot, "chat.update").length).toBeLessThan(6);
  expect(JSON.stringify(bot.workspace.messages("launches"))).toContain("step 99 of 99");
});

test("a crash between posting and recording does not double a message", async () => {
  const bot = await startBot({ forgetRecords: true });
  const root = await bot.launch("rrr");
  bot.setStatus("rrr", {
    stages: [
      {
        stage: "rollout",
        state: "done",
        reason: "RolloutDone",
        params: { ready: 1, wanted: 1, tag: "x" },
        finishedAt: new Date().toISOString(),
      },
    ],
  });
  const running = await says(bot, "Running.");
  await bot.restart();
  bot.setStatus("rrr", {
    phase: "Live",
    url: "https://rrr.example.com",
    launch: { finishedAt: new Date().toISOString() },
  });
  await says(bot, "rrr is live at");
  const thread = bot.workspace.thread("launches", root.ts);
  expect(bot.workspace.messages("launches").map(({ ts }) => ts)).toEqual([root.ts]);
  expect(thread.map(({ ts }) => ts)).toContain(running.ts);
  expect(thread).toHaveLength(3);
  expect(thread[0]?.text).toContain("rrr · live");
});

test("an answer that was lost after the message was posted does not double it", async () => {
  const bot = await startBot();
  // As a connection that breaks after the request: Slack has carried it out.
  bot.workspace.failNext("chat.postMessage", "internal_error");
  await bot.launch("rrr");
  expect(bot.workspace.messages("launches")).toHaveLength(1);
  // Looked for before the first try, and again before the second.
  expect(calls(bot, "conversations.history").length).toBe(2);
});

test("Retry-After is honoured and the newest state is what goes out then", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.workspace.failNext("chat.update", "ratelimited", { retryAfter: 1 });
  const asked = Date.now();
  bot.setStatus("rrr", building(1));
  await expect.poll(() => calls(bot, "chat.update").length).toBe(1);
  bot.setStatus("rrr", building(2));
  await says(bot, "step 2 of 99");
  expect(Date.now() - asked).toBeGreaterThanOrEqual(1000);
  expect(JSON.stringify(bot.events)).not.toContain("step 1 of 99");
});

test("an older workspace refuses plans once, and gets sections from then on", async () => {
  const bot = await startBot({ workspace: { planBlocks: false } });
  const root = await bot.launch("rrr");
  expect(JSON.stringify(root.blocks)).toContain("*Repository*");
  bot.setStatus("rrr", building(1));
  await says(bot, "step 1 of 99");
  await bot.launch("other");
  // The refused one, the same in sections, the other launch.
  await expect.poll(() => calls(bot, "chat.postMessage")).toHaveLength(3);
});

test("where plans are taken, the launch is one", async () => {
  const bot = await startBot();
  const root = await bot.launch("rrr");
  expect(root.blocks?.[0]).toMatchObject({ type: "plan", tasks: expect.any(Array) });
});

test("not in the channel: the person is told what to do, the launch goes on, and an invitation brings the thread", async () => {
  const bot = await startBot();
  bot.workspace.remove("launches");
  await bot.type("/project create rrr");
  const answer = await bot.message((message) => message.ephemeral === true);
  expect(JSON.stringify(answer.blocks)).toContain("Type /invite @slipway");
  await expect.poll(() => problems(bot.delivered)).toEqual(["slack-not-in-channel"]);
  expect(bot.stored.has("rrr")).toBe(true);
  bot.workspace.invite("launches");
  await bot.message((message) => message.text.startsWith("rrr · launching") && !message.ephemeral);
  await expect.poll(() => problems(bot.delivered)).toEqual(["slack-not-in-channel", "none"]);
});

test("an invitation that another replica hears of brings the thread too, though this one tells it", async () => {
  const opened: string[] = [];
  const standby = await startBot({ onChannelOpened: (channel) => opened.push(channel) });
  standby.workspace.remove("launches");
  standby.workspace.invite("launches");
  await expect.poll(() => opened).toEqual([standby.channels.launches]);

  const leader = await startBot();
  leader.workspace.revokeScope("chat:write");
  await leader.type("/project create rrr");
  await expect.poll(() => problems(leader.delivered)).toEqual(["slack-scope-missing"]);
  leader.workspace.grantScope("chat:write");
  leader.side()?.wake(leader.channels.launches ?? "");
  await leader.message((message) => message.text.startsWith("rrr · launching") && !message.ephemeral);
});

test("archived while it launches: the person is told directly, and the thread goes on once it is unarchived", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.workspace.archive("launches");
  bot.setStatus("rrr", building(1));
  const told = await bot.message((message) => message.text.includes("archived"));
  expect(told.text).toContain(`<#${bot.channels.launches}>`);
  bot.workspace.unarchive("launches");
  await says(bot, "step 1 of 99");
});

test("a missing scope is named", async () => {
  const bot = await startBot();
  bot.workspace.revokeScope("chat:write");
  await bot.type("/project create rrr");
  const told = await bot.message((message) => message.text.includes("lacks the scope"));
  expect(told.text).toContain("chat:write");
  expect(problems(bot.delivered)).toEqual(["slack-scope-missing"]);
});

test("a warning is one message: posted, edited, closed", async () => {
  const bot = await startBot();
  const root = await bot.launch("rrr");
  const since = new Date(Date.now() - 60_000).toISOString();
  const finding = {
    code: "flux-source-timeout",
    subject: "GitRepository/rrr/rrr",
    severity: "warn" as const,
    evidence: "dial tcp: i/o timeout",
    seenFrom: "cluster",
    params: { host: "github.com", url: "https://github.com/acme/rrr" },
    remedies: ["check-again"],
    since,
    lastSeen: since,
    count: 1,
  };
  bot.setStatus("rrr", { findings: [finding] });
  const posted = await says(bot, "i/o timeout");
  bot.setStatus("rrr", { findings: [{ ...finding, count: 5, recoveredAt: new Date().toISOString() }] });
  const closed = await says(bot, "Resolved after 1 min");
  expect(closed.ts).toBe(posted.ts);
  expect(bot.workspace.thread("launches", root.ts)).toHaveLength(2);
});

test("Check again is written as a wish of its finding, and the finding's own message says what the look found", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  const since = new Date().toISOString();
  const finding = {
    code: "port-blocked",
    subject: "environment/production/port/443",
    severity: "warn" as const,
    evidence: "timeout",
    seenFrom: "outside:berlin",
    params: { port: 443, host: "rrr.example.com" },
    remedies: ["check-again"],
    since,
    lastSeen: since,
    count: 1,
  };
  bot.setStatus("rrr", { findings: [finding] });
  const message = await says(bot, "remedy:check-again");
  await press(bot, message, "remedy:check-again");
  await expect
    .poll(() => bot.asked("rrr", "check"))
    .toMatchObject({
      params: { finding: "port-blocked/environment/production/port/443" },
      by: bot.you,
    });
  const checked = { by: bot.you, at: bot.asked("rrr", "check")?.at ?? "" };
  for (const [outcome, said] of [
    [{ state: "waiting" as const }, /Checking again for <@U\w+>, <!date[^>]*>\./],
    [{ state: "late" as const }, /Still checking for .*: the URL has not been checked since\./],
    [{ state: "unseen" as const, reason: "no answer" }, /Checked again for .*, without a result: no answer\./],
    [{ state: "there" as const }, /Checked again for .*: still failing\./],
  ] as const) {
    bot.setStatus("rrr", { findings: [{ ...finding, checked: { ...checked, ...outcome } }] });
    const edited = await bot.message(({ blocks = [] }) => said.test(asText(blocks)));
    expect(edited.ts).toBe(message.ts);
  }
});

test("whoever pressed Check again hears it where no replica takes it up", async () => {
  let hasty = false;
  const sleep: Clock["sleep"] = (ms, signal) => clock.sleep(hasty && ms === 15_000 ? 0 : ms, signal);
  const bot = await startBot({ clock: { ...clock, sleep } });
  await bot.launch("rrr");
  hasty = true;
  const since = new Date().toISOString();
  const finding = { code: "flux-suspended", subject: "GitRepository/rrr/rrr", severity: "warn" as const, evidence: "" };
  const rest = { seenFrom: "cluster", params: {}, remedies: ["check-again"], since, lastSeen: since, count: 1 };
  bot.setStatus("rrr", { findings: [{ ...finding, ...rest }] });
  await press(bot, await says(bot, "remedy:check-again"), "remedy:check-again");
  const told = await bot.message(({ text }) => text.startsWith("Still checking rrr"));
  expect(told.ephemeral).toBe(true);
});

test("Slack goes away and comes back: nothing waits for it, and the thread says what is true then", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.workspace.failNext("chat.update", "service_unavailable", { times: 2 });
  bot.setStatus("rrr", building(1));
  bot.setStatus("rrr", building(2));
  await says(bot, "step 2 of 99");
});

test("that a project is removed counts as told once Slack has taken it, however long it was down", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.workspace.failNext("chat.update", "service_unavailable", { times: 2 });
  const over = bot.setStatus("rrr", { phase: "Removed" });
  const told = () => bot.side()?.messenger.told(over);
  expect(told()).toBe(false);
  await bot.message(({ text }) => text.startsWith("rrr · removed"));
  await expect.poll(told).toBe(true);
});
