import { expect, test } from "vitest";
import type { Deploy, ProjectStatus } from "../../src/project/project.ts";
import { OPEN_ACCESS, parseAccessFile } from "../../src/slack/access/access-file.ts";
import { asText } from "./as-text.ts";
import { press } from "./press.ts";
import { type Bot, startBot } from "./start-bot.ts";

const OLD = `1a2b3c4${"0".repeat(33)}`;
const NEW = `1a2b3c5${"0".repeat(33)}`;
const deploy = (sha: string, reason: "launch" | "push", startedAt: string): Deploy => ({
  ...{ id: sha, reason, sha, tag: sha.slice(0, 12), author: "", title: "A change", url: "", startedAt },
  ...{ finishedAt: startedAt, state: "live", stages: [] },
});
const live: Partial<ProjectStatus> = {
  phase: "Live",
  launch: { startedAt: "2026-03-01T10:00:00.000Z", finishedAt: "2026-03-01T10:02:00.000Z", sha: OLD },
  deploys: [deploy(OLD, "launch", "2026-03-01T10:00:00.000Z"), deploy(NEW, "push", "2026-03-01T10:05:00.000Z")],
  environments: [{ name: "production", released: NEW }],
};

const answer = async (bot: Bot, containing: string) => {
  const message = await bot.message(
    (each) => each.ephemeral === true && asText(each.blocks ?? []).includes(containing),
  );
  return asText(message.blocks ?? []);
};

async function launched(environments = "production", options: Parameters<typeof startBot>[0] = {}) {
  const bot = await startBot(options);
  await bot.workspace.say({ person: bot.you, channel: "launches", text: `/project create rrr env=${environments}` });
  const root = await bot.message((each) => each.text.startsWith("rrr · launching") && !each.ephemeral);
  bot.setStatus("rrr", live);
  return { bot, root };
}

test("a commit is named by its beginning, and pinned whole", async () => {
  const { bot } = await launched();
  await bot.type("/project pin rrr 1A2B3C4");
  expect(await answer(bot, "Pinning")).toBe(
    "Pinning production of rrr to 1a2b3c4. Later pushes wait until you unpin it.",
  );
  expect(bot.asked("rrr", "pin")).toMatchObject({ by: bot.you, params: { environment: "production", commit: OLD } });
});

test.each([
  ["pin rrr", "Which commit?"],
  ["pin rrr main", "main is not a commit. Type at least 7 characters of its hash: /project pin rrr 1a2b3c4"],
  ["pin rrr 1a2b3c", "1a2b3c is not a commit."],
  ["pin rrr 9999999", "rrr has not deployed a commit 9999999 recently."],
  ["pin rrr 1a2b3c4 env=staging", "rrr has no environment staging. It has production."],
  ["pin rrr 1a2b3c4 owner=acme", "pin does not take owner=."],
  ["unpin rrr", "production of rrr is not pinned. It follows the branch."],
])("`/project %s` is answered with what to type instead", async (typed, said) => {
  const { bot } = await launched();
  await bot.type(`/project ${typed}`);
  expect(await answer(bot, said.slice(0, 12))).toContain(said);
  expect(bot.asked("rrr", "pin") ?? bot.asked("rrr", "unpin")).toBeUndefined();
});

test("of several environments the one that is meant is named", async () => {
  const { bot } = await launched("production,staging");
  await bot.type("/project pin rrr 1a2b3c4");
  expect(await answer(bot, "Choose one")).toContain("/project pin rrr COMMIT env=production");
  await bot.type("/project pin rrr 1a2b3c4 env=staging");
  await answer(bot, "Pinning staging");
  expect(bot.asked("rrr", "pin")?.params).toEqual({ environment: "staging", commit: OLD });
});

test("a launch that is under way cannot be pinned", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  await bot.type(`/project pin rrr ${OLD}`);
  expect(await answer(bot, "only a live")).toBe("rrr is launching; only a live project can be pinned to a commit.");
});

test("[Go back to this] pins the commit of its card", async () => {
  const { bot } = await launched();
  const root = await bot.message((each) => asText(each.blocks ?? []).includes("Go back to this"));
  await press(bot, root, "pin:production");
  await expect.poll(() => bot.asked("rrr", "pin")?.params).toEqual({ environment: "production", commit: OLD });
});

test("who may change one environment alone pins there, and is told so of another", async () => {
  let created = false;
  const { bot } = await launched("production,staging", {
    access: () =>
      created ? parseAccessFile("default: viewer\nrules: [{ role: developer, environments: [staging] }]") : OPEN_ACCESS,
  });
  created = true;
  await bot.type("/project pin rrr 1a2b3c4 env=production");
  expect(await answer(bot, "Only developers")).toBe("Only developers may do that in production.");
  expect(bot.asked("rrr", "pin")).toBeUndefined();
  await bot.type("/project pin rrr 1a2b3c4 env=staging");
  await answer(bot, "Pinning staging");
  expect(bot.asked("rrr", "pin")).toMatchObject({ params: { environment: "staging" } });
});
