import { expect, test } from "vitest";
import type { UnreadableProject } from "../../src/project/read-project.ts";
import { asText } from "./as-text.ts";
import { type Bot, startBot } from "./start-bot.ts";

const old: UnreadableProject = {
  name: "old",
  fault: { fault: "choice", field: "status.phase", wanted: "Launching, Live, Failed", more: 0 },
  fields: ["status.phase"],
};
const unreadable = [old];
const answer = async (bot: Bot, containing: string) => {
  const found = await bot.message((each) => each.ephemeral === true && asText(each.blocks ?? []).includes(containing));
  return asText(found.blocks ?? []);
};
const CAUSE = "The Project old is not valid: status.phase should be Launching, Live or Failed.";

test("list names it and says what is wrong, beside the others", async () => {
  const bot = await startBot({ unreadable });
  await bot.launch("rrr");
  await bot.type("/project list");
  expect(await answer(bot, "2 projects")).toMatchInlineSnapshot(`
    "*2 projects*
    ✖  *old* · not valid: status.phase should be Launching, Live or Failed
    ◐  *rrr* · launching · <@U0KJB5D50O9>"
  `);
});

test("App Home names it to everybody", async () => {
  const bot = await startBot({ unreadable });
  bot.workspace.openHome(bot.you);
  const home = await bot.seen((event) => (event.type === "home_published" ? event.view : undefined));
  expect(asText(home.blocks)).toMatchInlineSnapshot(`
    "Slipway launches projects: repository, image, cluster, certificate and URL, all in one thread.
    [Create a project]
    # Not valid
    ✖  *old* · not valid: status.phase should be Launching, Live or Failed
    # My projects
    You have not launched a project yet."
  `);
});

test.each(["status", "doctor", "retry", "cancel", "delete", "undo", "keep"])(
  "%s of it says why not, and what to do",
  async (verb) => {
    const bot = await startBot({ unreadable });
    await bot.type(`/project ${verb} old`);
    expect(await answer(bot, "is not valid")).toBe(
      `${CAUSE} An operator fixes it: kubectl -n slipway-system edit project old --subresource=status.`,
    );
  },
);

test("in its own thread it is named from what the thread's root says of itself", async () => {
  const bot = await startBot();
  const root = await bot.launch("rrr");
  bot.spoil({ ...old, name: "rrr" });
  await bot.workspace.say({ person: bot.you, channel: "launches", thread_ts: root.ts, text: "@slipway status" });
  expect(await answer(bot, "is not valid")).toContain("The Project rrr is not valid");
});

test("a typo is led to it", async () => {
  const bot = await startBot({ unreadable });
  await bot.type("/project status odl");
  expect(await answer(bot, "Did you mean old?")).toContain("[/project status old]");
});
