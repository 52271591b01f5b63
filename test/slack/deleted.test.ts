import { expect, test } from "vitest";
import type { FindingStatus } from "../../src/project/project.ts";
import { type Bot, startBot } from "./start-bot.ts";

const since = () => new Date(Date.now() - 30_000).toISOString();
const finding = (code: string, given: Partial<FindingStatus> = {}): FindingStatus => ({
  ...{ code, subject: `${code}/rrr`, severity: "warn", evidence: `evidence of ${code}`, seenFrom: "cluster" },
  ...{ params: { url: "https://github.com/acme/rrr" }, remedies: [], since: since(), lastSeen: since(), count: 1 },
  ...given,
});
const says = (bot: Bot, text: string) => bot.message((message) => JSON.stringify(message).includes(text));
/** As an administrator or a retention policy does it. https://docs.slack.dev/reference/methods/chat.delete */
async function remove(bot: Bot, ts: string): Promise<void> {
  const answer = await fetch(`${bot.slack.apiUrl}chat.delete`, {
    method: "POST",
    headers: { authorization: `Bearer ${bot.slack.botToken}`, "content-type": "application/json" },
    body: JSON.stringify({ channel: bot.channels.launches, ts }),
  });
  expect(await answer.json()).toMatchObject({ ok: true });
}
const live = () => ({
  phase: "Live" as const,
  url: "https://rrr.example.com",
  launch: { startedAt: since(), finishedAt: since(), sha: "a".repeat(40) },
});
const all = (bot: Bot, root: string) =>
  [...bot.workspace.messages("launches"), ...bot.workspace.thread("launches", root)].map((each) =>
    JSON.stringify(each),
  );

const NEXT: Record<string, (bot: Bot) => Promise<string>> = {
  edit: async (bot) => {
    const old = finding("flux-source-timeout", { count: 9, recoveredAt: new Date().toISOString() });
    bot.setStatus("rrr", { ...live(), findings: [old] });
    return "";
  },
  reply: async (bot) => {
    bot.setStatus("rrr", { findings: [finding("flux-source-timeout"), finding("flux-suspended")] });
    return "evidence of flux-suspended";
  },
  deploy: async (bot) => {
    const sha = "b".repeat(40);
    const entry = { tag: "t", author: "Ada", url: "https://github.com/acme/rrr/commit/b", startedAt: since() };
    const first = { ...entry, sha: "a".repeat(40), title: "", state: "live" as const, stages: [] };
    const deploys = [first, { ...entry, sha, title: "The second commit", state: "running" as const, stages: [] }];
    bot.setStatus("rrr", { ...live(), deploys });
    return "The second commit";
  },
};

test.each(
  ["root", "reply", "root and its reply"].flatMap((what) => Object.keys(NEXT).map((next) => [what, next] as const)),
)(
  "somebody deleted the %s, and there is another %s: what is new is seen once, and nothing is said again",
  async (what, next) => {
    const bot = await startBot();
    const root = await bot.launch("rrr");
    bot.setStatus("rrr", { findings: [finding("flux-source-timeout")] });
    const reply = await says(bot, "evidence of flux-source-timeout");
    if (what !== "root") await remove(bot, reply.ts);
    if (what !== "reply") await remove(bot, root.ts);
    const wanted = await NEXT[next]?.(bot);
    if (wanted) await says(bot, wanted);
    // A project of its own tells that the channel goes on.
    await bot.launch("soup");
    const texts = all(bot, root.ts);
    const saying = (text: string) =>
      new Set(texts.filter((each) => each.includes(text)).map((each) => JSON.parse(each).ts));
    if (wanted) expect(saying(wanted).size).toBe(1);
    expect(saying("evidence of flux-source-timeout").size).toBeLessThanOrEqual(what === "root" ? 1 : 0);
    expect(texts.filter((each) => each.includes("rrr · launching")).length).toBeLessThanOrEqual(
      what === "reply" ? 2 : 0,
    );
  },
);
