import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ClientMessage } from "../../src/sandbox/slack/client-api.ts";
import { findChromium } from "./chromium.ts";
import { consolePage } from "./console-page.ts";
import { CREATE_MODAL, EVERY_BLOCK, LAUNCH } from "./fixtures/blocks.ts";
import { ADA, BOT, JUN } from "./fixtures/people.ts";
import { launchChromium } from "./launch-chromium.ts";
import { message, startFake, view } from "./start-fake.ts";

const chromium = findChromium();
if (chromium.path === undefined) process.stdout.write(`The browser suite is skipped: ${chromium.reason}\n`);

const ROOT = "1764000000.000100";
const launch = message({ ts: ROOT, user: BOT.id, text: "rrr is launching", blocks: LAUNCH });
const reply = (n: number, text: string) =>
  message({ ts: `1764000${100 + n}.000100`, user: BOT.id, thread_ts: ROOT, text });

describe.skipIf(chromium.path === undefined)("the console in a browser", () => {
  let browser: Browser;
  let page: Page;
  let fake: Awaited<ReturnType<typeof startFake>>;
  const faults: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium(chromium.path ?? "");
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => faults.push(error.message));
    fake = await startFake();
  });
  afterAll(async () => {
    await browser?.close();
    await fake?.close();
  });
  afterEach(() => {
    expect(faults.splice(0)).toEqual([]);
  });

  async function open(given: {
    messages?: ClientMessage[];
    answers?: Record<string, unknown>;
    path?: string;
    width?: number;
    colorScheme?: "light" | "dark";
  }) {
    const { messages = [launch], answers = {}, path = "", width = 1280, colorScheme = "light" } = given;
    fake.reset(messages, answers);
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const console = consolePage(page);
    await console.open(`${fake.url}/${path}`);
    return console;
  }

  test("draws a launch as a plan whose tasks show their state", async () => {
    await open({});
    const plan = page.getByRole("region", { name: /rrr · launching/ });
    // What is evaluated over all is not waited for.
    await plan.waitFor();
    expect(
      await plan.locator("[data-status]").evaluateAll((tasks) => tasks.map((task) => task.getAttribute("data-status"))),
    ).toEqual(["complete", "complete", "in_progress", "pending", "error", "pending"]);
    expect(await plan.getByText("2 of 6").isVisible()).toBe(true);
    expect(await plan.getByRole("link", { name: "Run #1" }).getAttribute("href")).toBe(
      "https://github.com/acme/rrr/actions/runs/1",
    );
    expect(await plan.getByText("connection timed out on port 80").isVisible()).toBe(true);
  });

  test("draws every kind of block", async () => {
    const messages = [message({ ts: ROOT, channel: "C0OPS", user: BOT.id, blocks: EVERY_BLOCK })];
    const console = await open({ messages, path: "?channel=C0OPS" });
    const article = console.message("Every block");
    for (const text of [
      "✨",
      "@Jun Tanaka",
      "#platform-operations",
      "@here",
      "🚀",
      "1 < 2 && 3 > 2",
      "5 min 12 s",
      "rrr is live",
    ]) {
      await article.getByText(text).first().waitFor({ state: "visible" });
    }
    for (const [tag, text] of Object.entries({
      strong: "Bold",
      em: "italic",
      s: "struck",
      "section, pre": "const a = 1;",
    })) {
      await article.locator(tag, { hasText: text }).first().waitFor({ state: "visible" });
    }
    expect(await article.getByRole("link", { name: "a link" }).getAttribute("href")).toBe("https://example.com/docs");
    expect(await article.getByRole("link", { name: "#platform-operations" }).getAttribute("href")).toBe(
      "?channel=C0OPS",
    );
    expect(await article.getByRole("columnheader").allInnerTexts()).toEqual(["Component", "State", "Took"]);
    expect(await article.getByRole("note").textContent()).toContain("Port 443 is blocked");
    expect(await page.locator(".block-unknown").count()).toBe(0);
  });

  test("shows what is written, never runs it", async () => {
    const text =
      '<img src=x onerror="document.title=1"> &lt;script&gt;document.title = 1&lt;/script&gt; <javascript:alert(1)|press>';
    const console = await open({ messages: [message({ ts: ROOT, text })] });
    await console.expectText("<script>document.title = 1</script>");
    expect(await page.title()).toBe("Slipway sandbox");
    expect(await page.getByRole("main").locator("img, a").count()).toBe(0);
  });

  test("a message edited in place keeps the scroll, the focus and what was typed", async () => {
    const before = Array.from({ length: 40 }, (_, n) => message({ ts: `17639990${10 + n}.000100`, text: `line ${n}` }));
    const console = await open({ messages: [...before, launch] });
    await console.composer.fill("half a thou");
    const list = page.getByRole("log");
    await list.evaluate((element) => {
      element.scrollTop = 200;
    });
    await page.getByRole("button", { name: "Latest" }).waitFor();
    fake.emit({
      type: "message_changed",
      message: { ...launch, text: "rrr is live", blocks: [], edited: { user: BOT.id, ts: ROOT } },
    });
    await console.expectText("rrr is live");
    expect(await list.evaluate((element) => element.scrollTop)).toBe(200);
    expect(await console.composer.inputValue()).toBe("half a thou");
    expect(await console.composer.evaluate((element) => element.matches(":focus"))).toBe(true);
  });

  test("stays at the end while messages come, and says when they come elsewhere", async () => {
    const console = await open({});
    for (let n = 0; n < 30; n++)
      fake.emit({ type: "message", message: message({ ts: `17640010${10 + n}.000100`, text: `news ${n}` }) });
    await console.expectText("news 29");
    await page.getByText("news 29").waitFor({ state: "visible" });
    await expect
      .poll(() => page.getByRole("log").evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight))
      .toBeLessThan(2);
    const elsewhere = message({ ts: "1764002000.000100", channel: "C0OPS", user: BOT.id, text: "over there" });
    fake.messages.push(elsewhere);
    fake.emit({ type: "message", message: elsewhere });
    await page.getByRole("button", { name: /platform-operations.*1 unread/ }).click();
    await page.getByRole("main", { name: "platform-operations" }).waitFor();
    await console.expectText("over there");
  });

  test("completes a command with the keyboard and sends it on Enter", async () => {
    const console = await open({});
    await console.composer.pressSequentially("/pr");
    await page.getByRole("option", { name: /\/project/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    expect(await page.getByRole("option", { selected: true }).textContent()).toBe("plan NAME");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Tab");
    expect(await console.composer.inputValue()).toBe("/project create ");
    await page.keyboard.type("rrr");
    await page.keyboard.press("Enter");
    expect(await fake.request("say")).toEqual({ person: ADA.id, channel: "C0LAUNCH", text: "/project create rrr" });
    expect(await console.composer.inputValue()).toBe("");
  });

  test("completes people and emoji in the middle of a sentence", async () => {
    const console = await open({});
    await console.composer.pressSequentially("hello @ju");
    await page.getByRole("option", { name: /Jun Tanaka/ }).click();
    await console.composer.pressSequentially("look :rock");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect((await fake.request("say")).text).toBe("hello @jun look 🚀");
  });

  test("a button asks first where it has to, and tells what was pressed", async () => {
    const console = await open({});
    await console.clickButton("Undo");
    await console.confirm("Keep");
    await console.clickButton("Undo");
    await console.confirm("Undo");
    const place = {
      person: ADA.id,
      channel: "C0LAUNCH",
      message_ts: ROOT,
      block_id: "launch-actions",
      action_id: "undo",
    };
    expect(await fake.request("click")).toMatchObject({ ...place, value: "rrr" });
    expect(fake.asked.filter(({ path }) => path === "click")).toHaveLength(1);
  });

  test("an overflow menu and a select tell the option", async () => {
    const console = await open({
      messages: [message({ ts: ROOT, user: BOT.id, blocks: [...EVERY_BLOCK, ...LAUNCH] })],
    });
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Run the doctor" }).click();
    expect(await fake.request("click")).toMatchObject({
      action_id: "more",
      selected: { selected_option: { value: "doctor" } },
    });
    fake.asked.length = 0;
    await console.clickButton("Environment");
    await page.keyboard.type("stag");
    await page.keyboard.press("Enter");
    expect(await fake.request("click")).toMatchObject({
      action_id: "environment",
      selected: { selected_option: { value: "staging" } },
    });
    expect(await page.getByRole("button", { name: "Environment" }).textContent()).toBe("staging");
  });

  test("a modal shows the errors of its blocks and submits what was filled in", async () => {
    const options = [{ text: { type: "plain_text", text: "acme/site" }, value: "site" }];
    const answers: Record<string, unknown> = {
      suggest: { options },
      submit: { errors: { name: "“My App!” cannot be a name." } },
    };
    const console = await open({ answers });
    fake.emit({ type: "view_opened", view: view(CREATE_MODAL) });
    const values = {
      Name: "My App!",
      Template: "Node service",
      Visibility: "Public",
      Environments: ["staging"],
      Reviewers: ["Jun", "Ada"],
      "Start from": "acme",
    };
    expect(await console.submitModal(values)).toEqual(["“My App!” cannot be a name."]);
    expect(await page.getByLabel("Name").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByRole("dialog").getByRole("alert").count()).toBe(1);
    expect(await fake.request("submit")).toMatchObject({
      view_id: "V0",
      values: {
        name: { name: { type: "plain_text_input", value: "My App!" } },
        template: { template: { selected_option: { value: "node-service" } } },
        visibility: { visibility: { selected_option: { value: "public" } } },
        environments: { environments: { selected_options: [{ value: "staging" }] } },
        reviewers: { reviewers: { selected_users: [JUN.id, ADA.id] } },
        repository: { repository: { selected_option: { value: "site" } } },
      },
    });
    expect(fake.asked.find(({ path }) => path === "click")?.body).toMatchObject({
      view_id: "V0",
      action_id: "name",
      value: "My App!",
    });
  });

  test("an updated modal keeps what was typed; Escape closes it and tells so", async () => {
    await open({});
    fake.emit({ type: "view_opened", view: view(CREATE_MODAL) });
    await page.getByLabel("Name").fill("rrr");
    const hint = { type: "context", elements: [{ type: "mrkdwn", text: "rrr is free" }] };
    fake.emit({
      type: "view_updated",
      view: view({ ...CREATE_MODAL, hash: "2", blocks: [hint, ...CREATE_MODAL.blocks] }),
    });
    await page.getByText("rrr is free").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("rrr");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await fake.request("close")).toMatchObject({ view_id: "V0" });
  });

  test("a thread opens beside the channel, grows, and is answered", async () => {
    const console = await open({
      messages: [{ ...launch, reply_count: 1, latest_reply: reply(1, "").ts }, reply(1, "the repository is there")],
    });
    const thread = await console.thread(/rrr · launching/);
    await thread.expectText("the repository is there");
    fake.emit({ type: "message", message: reply(2, "the image is there") });
    await thread.expectText("the image is there");
    await thread.expectText("2 replies");
    await console.expectText("2 replies");
    expect(await page.getByRole("main").getByText("the image is there").count()).toBe(0);
    await thread.say("thanks");
    expect(await fake.request("say")).toEqual({ person: ADA.id, channel: "C0LAUNCH", text: "thanks", thread_ts: ROOT });
    await page.keyboard.press("Escape");
    await page.getByRole("complementary").waitFor({ state: "detached" });
  });

  test("what only this person sees says so", async () => {
    const console = await open({});
    fake.emit({
      type: "message",
      message: message({ ts: "1764000500.000100", user: BOT.id, text: "no such project", ephemeral: true }),
    });
    fake.emit({ type: "notice", channel: "C0LAUNCH", text: "/project failed with the error dispatch_failed" });
    await console.expectText(/dispatch_failed/);
    expect(await console.message("no such project").getByText("Only visible to you").isVisible()).toBe(true);
    expect(await console.message("dispatch_failed").getByText("Only visible to you").isVisible()).toBe(true);
  });

  test("goes on as another person, who is in the address", async () => {
    const console = await open({});
    await console.become("Jun Tanaka");
    await console.say("hello from me");
    expect(await fake.request("say")).toMatchObject({ person: JUN.id });
    expect(page.url()).toContain(`person=${JUN.id}`);
    await page.reload();
    await page.getByRole("button", { name: /You are Jun Tanaka/ }).waitFor();
  });

  test("jumps by keyboard to an app's Home, and back", async () => {
    const console = await open({});
    await console.go("Slipway");
    expect(await fake.request("home")).toMatchObject({ person: ADA.id });
    fake.emit({
      type: "home_published",
      view: view({ type: "home", blocks: [{ type: "header", text: { type: "plain_text", text: "My projects" } }] }),
    });
    await console.expectText("My projects");
    await page.goBack();
    await page.getByRole("main", { name: "launches" }).waitFor();
  });

  test("comes back by itself after the connection is lost, with what it missed", async () => {
    const console = await open({});
    fake.messages.push(message({ ts: "1764000600.000100", text: "said while nobody listened" }));
    fake.drop();
    await console.expectText("said while nobody listened");
  });

  test("the drawer shows the world and changes it", async () => {
    await open({});
    await page.getByRole("button", { name: /^World/ }).click();
    await page.getByRole("switch", { name: "A port is blocked" }).click();
    await page.getByRole("switch", { name: "A port is blocked", checked: true }).waitFor();
    await page.getByLabel("Speed").selectOption("20");
    await expect.poll(() => fake.world().clock.speed).toBe(20);
    await page.getByRole("tab", { name: /Repositories/ }).click();
    await page.getByText("git clone http://127.0.0.1:7301/acme/rrr.git").waitFor();
    await page.getByRole("tab", { name: /Cluster/ }).click();
    await page.getByRole("row", { name: /GitRepository rrr rrr failed unable to list remote/ }).waitFor();
    await page.getByRole("tab", { name: /API calls/ }).click();
    await page.getByRole("row", { name: /rulesets not covered 501/ }).waitFor();
  });

  test("is dark where the system is, and as chosen", async () => {
    await open({ colorScheme: "dark" });
    const background = () => page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor");
    expect(await background()).toBe("rgb(18, 25, 31)");
    await page.getByRole("button", { name: /^Theme/ }).click();
    expect(await background()).toBe("rgb(255, 255, 255)");
    await page.reload();
    await page.getByRole("main").waitFor();
    expect(await background()).toBe("rgb(255, 255, 255)");
    await page.evaluate("localStorage.clear()");
  });

  test("at 390 px shows one panel at a time and nothing wider than the screen", async () => {
    const messages = [
      launch,
      reply(1, "the repository is there"),
      message({ ts: "1764000700.000100", user: BOT.id, blocks: EVERY_BLOCK }),
    ];
    const console = await open({ messages, width: 390 });
    const widest = () => page.evaluate("document.documentElement.scrollWidth");
    const list = page.getByRole("main").getByRole("log");
    expect(await widest()).toBe(390);
    expect(await list.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    expect(await page.getByRole("navigation", { name: "Conversations" }).isVisible()).toBe(false);

    const thread = await console.thread(/rrr · launching/);
    await thread.expectText("the repository is there");
    expect(await page.getByRole("main").isVisible()).toBe(false);
    await page.getByRole("button", { name: "Back to the channel" }).click();
    await page.getByRole("button", { name: "Conversations" }).click();
    expect(await page.getByRole("main").isVisible()).toBe(false);
    await page.getByRole("button", { name: "platform-operations" }).click();
    await page.getByRole("main", { name: "platform-operations" }).waitFor();
    await page.getByRole("button", { name: /^World/ }).click();
    await page.getByRole("switch", { name: "A port is blocked" }).waitFor();
    expect(await widest()).toBe(390);
  });
});
