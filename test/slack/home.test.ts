import { expect, test } from "vitest";
import { asText } from "./as-text.ts";
import { startBot } from "./start-bot.ts";

const failed = {
  phase: "Failed" as const,
  failure: {
    code: "repo-denied" as const,
    severity: "fail" as const,
    subject: "step/repository",
    evidence: "",
    seenFrom: "slipway" as const,
    params: {},
    remedies: [],
    since: "2026-03-01T10:00:00Z",
    lastSeen: "2026-03-01T10:00:00Z",
    count: 1,
  },
};

test("App Home says what needs its reader, with the way out and the way to the thread, and stays fresh while it is open", async () => {
  const bot = await startBot();
  const home = (part: string) =>
    bot.seen((event) =>
      event.type === "home_published" && asText(event.view.blocks).includes(part) ? event.view : undefined,
    );
  await bot.launch("rrr");
  await expect.poll(() => bot.stored.get("rrr")?.status.messages.launch).toBeDefined();
  bot.workspace.openHome(bot.you);
  expect(asText((await home("My projects")).blocks)).toContain("◐  *rrr* · launching");

  bot.setStatus("rrr", failed);
  bot.side()?.changed();
  const text = asText((await home("Needs you")).blocks);
  expect(text).toContain("*rrr: the launch failed*");
  expect(text).toContain("[Retry] [Undo] [Open thread]");
  expect(text).toContain("✖  *rrr* · failed");
});

test("App Home is not sent again while it says what it said", async () => {
  const bot = await startBot();
  const published = () => bot.events.filter(({ type }) => type === "home_published").length;
  bot.workspace.openHome(bot.you);
  await expect.poll(published).toBe(1);
  bot.side()?.changed();
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  expect(published()).toBe(1);
});
