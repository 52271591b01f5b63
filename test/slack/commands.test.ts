import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Clock } from "../../src/slack/clock.ts";
import { commands } from "../../src/slack/commands/index.ts";
import { nearest } from "../../src/slack/commands/nearest.ts";
import { parse } from "../../src/slack/commands/parse.ts";
import { en } from "../../src/words/en/index.ts";
import { asText } from "./as-text.ts";
import { press } from "./press.ts";
import { type Bot, clock, startBot } from "./start-bot.ts";

const answer = async (bot: Bot, containing: string) => {
  const message = await bot.message(
    (each) => each.ephemeral === true && asText(each.blocks ?? []).includes(containing),
  );
  return { message, text: asText(message.blocks ?? []) };
};
const failed = { phase: "Failed" as const };
const ledger = ["Repository", "Namespace", "Kustomization"].map((kind) => ({
  kind,
  name: "rrr",
  ...(kind === "Kustomization" && { namespace: "rrr" }),
  state: "made" as const,
  at: "2026-03-01T10:00:00.000Z",
}));

test("every command has its file, its words and its place in help", () => {
  const verbs = commands.map(({ verb }) => verb);
  const apart = ["command.ts", "index.ts", "nearest.ts", "parse.ts", "run.ts", "wrong-option.ts"];
  const files = readdirSync(new URL("../../src/slack/commands", import.meta.url)).filter(
    (file) => !apart.includes(file),
  );
  expect(files.sort()).toEqual(verbs.map((verb) => `${verb}.ts`).sort());
  expect(Object.keys(en.slack.help.commands)).toEqual(verbs);
});

test("help shows examples", async () => {
  const bot = await startBot();
  await bot.type("/project help");
  expect((await answer(bot, "What I can do")).text).toMatchInlineSnapshot(`
    "*What I can do*
    \`/project create rrr\`  Launch a project: repository, image, cluster, URL
    \`/project plan rrr template=nextjs\`  Preview what create would do, without doing it
    \`/project status rrr\`  Show how a project is now
    \`/project list\`  List all projects with state and URL
    \`/project doctor rrr\`  Diagnose a project now, or without a name the cluster and me. Changes nothing
    \`/project retry rrr\`  Continue a launch that has stopped
    \`/project undo rrr\`  Remove only what a launch created. Asks first
    \`/project cancel rrr\`  Stop a launch and keep what it created
    \`/project keep rrr\`  Keep a failed launch as it is
    \`/project pin rrr 1a2b3c4\`  Keep an environment at a commit, whatever is pushed
    \`/project unpin rrr\`  Make an environment follow the branch again
    \`/project delete rrr\`  Delete a project. Asks for its name
    \`/project help create\`  Show this, or examples of one command
    (In a project's thread, @slipway status (or retry, undo, cancel, delete) refers to that project.)"
  `);
  await bot.type("/project help create");
  expect((await answer(bot, "domain=")).text).toMatchInlineSnapshot(`
    "Launch a project: repository, image, cluster, URL
    \`\`\`
    /project create rrr
    /project create rrr template=nextjs env=production,staging
    /project create rrr owner=acme domain=rrr.example.com public
    /project create
    \`\`\`"
  `);
});

test("a typo gets the nearest command, as a button that runs it", async () => {
  const bot = await startBot();
  await bot.type("/project craete rrr");
  const { message, text } = await answer(bot, "craete");
  expect(text).toBe("There is no command craete. Did you mean create?\n[/project create rrr]");
  await press(bot, message, "run");
  await bot.message((each) => each.text.startsWith("rrr · launching"));
});

test("a bad name gets the reason and a good name, as a button that launches it", async () => {
  const bot = await startBot();
  await bot.type("/project create My App! template=node-service");
  const { message, text } = await answer(bot, "my-app");
  expect(text).toBe(
    "Use only lower-case letters, digits and hyphens: a project's name becomes a DNS name. How about my-app?\n[Create my-app]",
  );
  expect(bot.stored.size).toBe(0);
  await press(bot, message, "create-proposed");
  await bot.message((each) => each.text.startsWith("my-app · launching"));
  expect(bot.stored.get("my-app")?.spec).toMatchObject({ template: "node-service", slack: { requestedBy: bot.you } });
});

test("an unknown template gets the list", async () => {
  const bot = await startBot();
  await bot.type("/project create rrr template=nextsj");
  expect((await answer(bot, "nextsj")).text).toBe(
    "There is no template nextsj. Choose one of these:\n*nextjs*  A site with Next.js\n*node-service*  An HTTP service in TypeScript\n[Create from nextjs]",
  );
  expect(bot.stored.size).toBe(0);
});

test("what the preflight refuses is told with a name that would be free, and nothing is made", async () => {
  const bot = await startBot({
    preflight: (name) =>
      name === "rrr"
        ? {
            ok: false,
            lines: [
              {
                check: "repository",
                state: "failed",
                reason: "repo-name-taken",
                params: { repository: "acme/rrr" },
                proposal: "rrr-2",
              },
            ],
          }
        : {},
  });
  await bot.type("/project create rrr");
  const { message, text } = await answer(bot, "was not launched");
  expect(text).toMatchInlineSnapshot(`
    "*Checks for rrr:*
    ✖  acme/rrr already exists on GitHub. Slipway does not take over existing repositories.
    ✔  I can post in this channel
    rrr was not launched. Nothing was created. How about rrr-2? It is free.
    [Create rrr-2]"
  `);
  await expect.poll(() => bot.stored.size).toBe(0);
  await press(bot, message, "create-proposed");
  await bot.message((each) => each.text.startsWith("rrr-2 · launching"));
});

test("a second create of the same name is refused with a way to its thread", async () => {
  const bot = await startBot();
  await bot.type("/project create rrr");
  await bot.message((each) => each.text.startsWith("rrr · launching") && !each.ephemeral);
  await expect.poll(() => bot.stored.get("rrr")?.status.messages.launch).toBeDefined();
  await bot.type("/project create rrr");
  expect((await answer(bot, "already exists")).text).toBe("rrr already exists.\n[Open thread]");
});

test("plan says what would stand, makes nothing, and offers to create it", async () => {
  const bot = await startBot();
  await bot.type("/project plan rrr");
  expect((await answer(bot, "Nothing was created")).text).toMatchInlineSnapshot(`
    "*Checks for rrr:*
    ✔  acme/rrr is free on GitHub · I can post in this channel
    *Creating rrr would give you:*
    •  *Repository*  acme/rrr, private, from the template nextjs, with a webhook to Slipway
    •  *Image*  ghcr.io/acme/rrr, built on GitHub on each push
    •  *production*  rrr.example.com, served from the namespace rrr: Secret registry-pull, Kustomization rrr, and what k8s/ in the repository describes
    (Nothing was created.)
    [Create rrr]"
  `);
  expect(bot.stored.size).toBe(0);
});

test("status of one, list of all, and a name that is nearly right", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  const now = { tag: "3f2a91c0aa11", ready: 1, wanted: 1, answer: { status: 200, from: "inside" } };
  const url = "https://rrr.example.com";
  bot.setStatus("rrr", { phase: "Live", url, environments: [{ name: "production", url, now }] });
  await bot.type("/project status rrr");
  const well = await answer(bot, "No open problems");
  expect(well.text).toContain("*rrr* · live · <https://rrr.example.com/|https://rrr.example.com>");
  expect(well.text).toContain("answers 200 · 1 of 1 pod ready · runs 3f2a91c0aa11");
  await bot.type("/project list");
  expect((await answer(bot, "1 project")).text).toContain("✔  *rrr* · live");
  await bot.type("/project status rrrr");
  expect((await answer(bot, "rrrr")).text).toBe("There is no project rrrr. Did you mean rrr?\n[/project status rrr]");
});

test("what was not looked at is not called well", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.setStatus("rrr", { phase: "Live", url: "https://rrr.example.com" });
  await bot.type("/project status rrr");
  const { text } = await answer(bot, "as of");
  expect(text).not.toContain("No open problems");
  expect(text).toContain("not checked yet");
});

test("retry, cancel and keep are wishes in the Project, where they fit", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  await bot.type("/project retry rrr");
  expect((await answer(bot, "can be retried")).text).toBe(
    "rrr is launching; only a launch that has stopped can be retried.",
  );
  await bot.type("/project cancel rrr");
  expect((await answer(bot, "Cancelling the")).text).toBe("Cancelling the launch of rrr.");
  bot.setStatus("rrr", failed);
  await bot.type("/project keep rrr");
  await answer(bot, "stays as it is");
  await bot.type("/project retry rrr");
  await answer(bot, "Retrying rrr");
  const wishes = Object.entries(bot.stored.get("rrr")?.spec.wishes ?? {});
  expect(wishes.map(([, { kind, by }]) => [kind, by])).toEqual([
    ["create", bot.you],
    ["cancel", bot.you],
    ["keep", bot.you],
    ["retry", bot.you],
  ]);
  for (const [id] of wishes) expect(id).toMatch(/^slack-[0-9a-f]{20}$/);
});

test("undo shows exactly what would go, newest first, and asks", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.setStatus("rrr", { ...failed, ledger });
  const root = await bot.message((each) => each.text.startsWith("rrr · failed"));
  await press(bot, root, "undo");
  const view = await bot.modal();
  expect(asText(view.blocks)).toMatchInlineSnapshot(`
    "The launch of rrr created 3 things, which will be removed, newest first:
    •  *Kustomization*  rrr/rrr
    •  *Namespace*  rrr
    •  *Repository*  rrr"
  `);
  expect(bot.asked("rrr", "undo")).toBeUndefined();
  await bot.workspace.submit({ person: bot.you, view_id: view.id, values: {} });
  expect(bot.asked("rrr", "undo")?.by).toBe(bot.you);
});

test("delete wants the name typed", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.setStatus("rrr", { phase: "Live", ledger });
  await bot.type("/project delete rrr");
  const view = await bot.modal();
  expect(asText(view.blocks)).toMatchInlineSnapshot(`
    "This deletes rrr for everyone: its pods, its repository with all commits, and its images. You cannot undo this.
    Type rrr to confirm: <plain_text_input>
    What will be removed, newest first:
    •  *Kustomization*  rrr/rrr
    •  *Namespace*  rrr
    •  *Repository*  rrr"
  `);
  const wrong = await bot.workspace.submit({ person: bot.you, view_id: view.id, values: { name: { name: "rr" } } });
  expect(wrong.errors).toEqual({ name: "That is not rrr." });
  expect(bot.asked("rrr", "remove")).toBeUndefined();
  await bot.workspace.submit({ person: bot.you, view_id: view.id, values: { name: { name: "rrr" } } });
  expect(bot.asked("rrr", "remove")?.by).toBe(bot.you);
});

test("somebody else may retry but not remove, and is told who may", async () => {
  const bot = await startBot();
  await bot.launch("rrr", "lin");
  bot.setStatus("rrr", { ...failed, ledger });
  await bot.type("/project delete rrr");
  const lin = bot.stored.get("rrr")?.spec.slack.requestedBy;
  expect((await answer(bot, "Only")).text).toBe(`Only <@${lin}>, who launched it, or an admin may do that.`);
  await bot.type("/project retry rrr");
  await answer(bot, "Retrying rrr");
});

test("`@slipway` in the thread means the thread's project", async () => {
  const bot = await startBot();
  const root = await bot.launch("rrr");
  const say = (text: string) =>
    bot.workspace.say({
      person: bot.you,
      channel: "launches",
      text: `<@${bot.botUserId}> ${text}`,
      thread_ts: root.ts,
    });
  await say("status");
  const { message } = await answer(bot, "as of");
  expect(message.thread_ts).toBe(root.ts);
  await say("cancel");
  await answer(bot, "Cancelling the launch of rrr.");
  expect(bot.asked("rrr", "cancel")?.by).toBe(bot.you);
});

test("bare create opens the form; what is wrong stands under its field", async () => {
  const bot = await startBot();
  await bot.type("/project create");
  const view = await bot.modal();
  expect(asText(view.blocks)).toMatchInlineSnapshot(`
    "Name: <plain_text_input>
    Template: <static_select>
    Repository: <radio_buttons>
    Channel for the thread: <conversations_select>
    Environments: <plain_text_input>
    Owner on GitHub: <plain_text_input> (optional)
    Domain: <plain_text_input> (optional)"
  `);
  const values = (name: string) => ({ name: { name }, environments: { environments: "production, staging" } });
  const wrong = await bot.workspace.submit({ person: bot.you, view_id: view.id, values: values("My App!") });
  expect(wrong.errors?.name).toContain("How about my-app?");
  expect(bot.stored.size).toBe(0);
  await bot.workspace.submit({ person: bot.you, view_id: view.id, values: values("my-app") });
  const spec = bot.stored.get("my-app")?.spec;
  expect(spec?.environments.map(({ name }) => name)).toEqual(["production", "staging"]);
  expect(spec?.slack.channel).toBe(bot.channels.launches);
});

test("a form whose checks take longer than Slack waits shows that they run, then what came of them", async () => {
  const hasty: Clock = { now: clock.now, sleep: (ms, signal) => clock.sleep(ms / 50, signal) };
  const checks = Promise.withResolvers<void>();
  const bot = await startBot({ clock: hasty, before: checks.promise });
  await bot.type("/project create");
  const view = await bot.modal();
  const updated = (text: string) =>
    bot.seen((event) => (event.type === "view_updated" && asText(event.view.blocks).includes(text) ? true : undefined));
  await bot.workspace.submit({ person: bot.you, view_id: view.id, values: { name: { name: "rrr" } } });
  await updated("Checking");
  checks.resolve();
  await updated("Follow it in the channel's thread.");
  expect(bot.created).toEqual(["rrr"]);
});

test("a launch that nobody has looked at yet stands written down, and that is said", async () => {
  let ahead = 0;
  const hasty: Clock = {
    now: () => new Date(Date.now() + ahead),
    sleep: async (ms, signal) => {
      ahead += ms;
      await clock.sleep(ms / 500, signal);
    },
  };
  const bot = await startBot({ clock: hasty, leaderless: true });
  await bot.type("/project create rrr");
  await answer(bot, "rrr is requested. Its checks have not finished");
  expect(bot.created).toEqual(["rrr"]);
  expect(bot.workspace.messages("launches")).toEqual([]);
});

test("the name of a project that only waits for its end to be told is free", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.setStatus("rrr", { phase: "Removed" });
  await bot.type("/project create rrr");
  await answer(bot, "Launching rrr");
  expect(bot.created).toEqual(["rrr", "rrr"]);
});

test("App Home tells what needs me and offers a launch", async () => {
  const bot = await startBot();
  await bot.launch("rrr");
  bot.setStatus("rrr", failed);
  bot.workspace.openHome(bot.you);
  const home = await bot.seen((event) => (event.type === "home_published" ? event.view : undefined));
  expect(asText(home.blocks)).toMatchInlineSnapshot(`
    "Slipway launches projects: repository, image, cluster, certificate and URL, all in one thread.
    [Create a project]
    # Needs you
    *rrr: the launch failed*
    [Retry] [Undo]
    # My projects
    ✖  *rrr* · failed"
  `);
});

test("a line is taken apart as people write it", () => {
  expect(parse("create “My App” --template=nextjs env=production,staging private")).toEqual({
    verb: "create",
    name: "My App",
    options: { template: "nextjs", env: "production,staging" },
    visibility: "private",
    wrong: [],
  });
  expect(parse("create rrr domain=<http://rrr.example.com|rrr.example.com>").options).toEqual({
    domain: "rrr.example.com",
  });
  expect(parse("create rrr tmplate=x owner=").wrong).toEqual([
    { option: "tmplate", problem: "unknown" },
    { option: "owner", problem: "empty" },
  ]);
});

test("the nearest command of a typo, and none for nonsense", () => {
  const verbs = commands.map(({ verb }) => verb);
  expect(["craete", "stauts", "lst", "deltee", "hepl"].map((typed) => nearest(typed, verbs))).toEqual([
    "create",
    "status",
    "list",
    "delete",
    "help",
  ]);
  expect(nearest("frobnicate", verbs)).toBeUndefined();
});
