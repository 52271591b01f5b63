import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { readFlags } from "../../src/sandbox/read-flags.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { askRoute } from "./ask-route.ts";
import { findChromium } from "./chromium.ts";
import { type ConsolePage, consolePage } from "./console-page.ts";
import { launchChromium } from "./launch-chromium.ts";

const chromium = findChromium();
if (chromium.path === undefined) process.stdout.write(`The browser suite is skipped: ${chromium.reason}\n`);

/** The bot's own pace is real time: it looks each few seconds, however fast the world around it is. */
const ENOUGH = 120_000;
/** Where pictures of what was tested are kept, for a person to look at. */
const PICTURES = process.env.PICTURES;
/** What no message may say: a hole in a sentence, a body or a stack of somebody's. */
const NO_WORDS =
  /undefined|\bnull\b|NaN|\[object|Invalid Date|\{"|\bat \S+ \(\S+:\d+:\d+\)|\b(\w{2,}) \1\b(?! \w*pod)|\b1 (pods|things|projects|times)\b/;

/** As it is laid out: with its line breaks, without what is hidden. */
async function read(shown: Locator): Promise<string> {
  return (await shown.allInnerTexts()).join("\n");
}

// One sandbox and one page: each test goes on where the one before ended, as a person's day does.
describe.skipIf(chromium.path === undefined)(
  "a launch in a browser, with the whole of it behind",
  { timeout: 400_000 },
  () => {
    let sandbox: Sandbox;
    let browser: Browser;
    let page: Page;
    let slack: ConsolePage;
    const faults: string[] = [];

    beforeAll(async () => {
      [sandbox, browser] = await Promise.all([
        startSandbox(readFlags(["--port", "0", "--speed", "60"])),
        launchChromium(chromium.path ?? ""),
      ]);
      page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
      page.setDefaultTimeout(ENOUGH);
      page.on("pageerror", (error) => faults.push(error.message));
      slack = consolePage(page);
      await slack.open(sandbox.slack.url);
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await sandbox?.close();
    });
    afterEach(async () => {
      expect(faults.splice(0)).toEqual([]);
      for (const said of await page.getByRole("article").allInnerTexts()) expect(said).not.toMatch(NO_WORDS);
    });

    const root = (name: string) =>
      slack.message(new RegExp(`${name} · (launching|live|failed|cancelled|removing|removed)`));
    const rows = (name: string, state: string) => root(name).locator(`[data-status=${state}]`);
    /** A switch in the drawer's menu. */
    async function scenario(title: string, on: boolean) {
      await page.getByRole("button", { name: /^World/ }).click();
      await page.getByRole("switch", { name: title, checked: !on }).click();
      await page.getByRole("switch", { name: title, checked: on }).waitFor();
      await page.getByRole("button", { name: /^Chat/ }).click();
    }
    async function picture(name: string) {
      if (PICTURES !== undefined)
        await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: "disabled" });
    }

    test("a command, its checks, one message that comes true row by row, and a URL that answers", async () => {
      await slack.say("/project create rrr template=node-service");
      await slack.expectText("Checks for rrr:");
      await slack.expectText(/acme\/rrr is free on GitHub · namespace rrr is free · rrr\.localhost is free/);
      await slack.expectText(/^rrr · launching/);
      const thread = await slack.thread(/rrr · launching/);
      const done: number[] = [];
      await expect
        .poll(
          async () => {
            done.push(await rows("rrr", "complete").count());
            return done.at(-1);
          },
          { interval: 50, timeout: ENOUGH },
        )
        .toBe(7);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      expect(new Set(done).size).toBeGreaterThan(2);
      for (const milestone of [
        "Repository created: acme/rrr, from the template node-service.",
        /^Image built in \d+ s\./,
        /^Running/,
        /rrr is live at http:\S+, \d+ s/,
      ])
        await thread.expectText(milestone);
      await slack.expectText(/^rrr · live · http:\S+ · in \d+ s/);
      await page.reload();
      await slack.expectText(/^rrr · live/);
      expect(await page.getByRole("main").getByRole("article").filter({ hasText: "rrr · " }).count()).toBe(1);

      const url = await thread
        .message(/is live at/)
        .getByRole("link")
        .first()
        .getAttribute("href");
      expect(await askRoute(url ?? "")).toMatchObject({ status: 200 });
    });

    test("in its thread @slipway status tells how it stands, to who asked", async () => {
      const thread = await slack.thread(/rrr · live/);
      await thread.say("@slipway status");
      await thread.expectText(/No open problems · as of/);
      const answer = thread.message("No open problems");
      expect(await answer.getByText("Only visible to you").isVisible()).toBe(true);
      expect(await read(answer)).toMatch(/production · .* · answers 200 · 1 of 1 pod ready · runs [0-9a-f]{12}/);
    });

    test("a typing error gets the nearest command, as a button", async () => {
      await slack.go("general");
      await slack.say("/project lst");
      await slack.expectText("There is no command lst. Did you mean list?");
      await slack.clickButton("/project list");
      await slack.expectText("1 project");
      await slack.go("launches");
    });

    test("the form says under the field why a name will not do and which would; the good one launches, and is cancelled", async () => {
      await slack.say("/project create");
      expect(await slack.submitModal({ Name: "My App!", Template: "Node" })).toEqual([
        "Use only lower-case letters, digits and hyphens: a project's name becomes a DNS name. How about my-app?",
      ]);
      await picture("form");
      expect(await slack.submitModal({ Name: "my-app" })).toEqual([]);
      await slack.expectText(/^my-app · launching/);
      await slack.expectText("Launching my-app. Its thread is in this channel.");

      // Its build runs: the one that is cancelled with it, and that the next test does not meet.
      await slack.expectText(/run #1/);

      await slack.clickButton("Cancel");
      await slack.confirm("Cancel the launch");
      await slack.expectText(/^my-app · cancelled · after \d+ s/);
      expect(await read(root("my-app"))).toMatch(/Cancelled by @Ada Byrne\. Slipway stopped here\./);
      expect(await rows("my-app", "in_progress").count()).toBe(0);
      await picture("cancelled");
    });

    test("a build that fails is told by its last lines without the secret in them, and Retry goes on from there", async () => {
      await scenario("The next build fails", true);
      await slack.say("/project create api template=node-service");
      await slack.expectText(/^api · failed · after/);
      expect(await rows("api", "error").allInnerTexts()).toEqual([
        expect.stringMatching(/Image build\s+Build #1 failed/),
      ]);
      const card = await read(root("api"));
      expect(card).toMatch(/The job image failed at “docker build”\./);
      expect(card).toMatch(/error TS2322: Type .string. is not assignable/);
      const thread = await slack.thread(/api · failed/);
      await thread.expectText("api · Build #1 failed");
      await thread.expectText("Last lines of image › docker build");
      const lines = await read(thread.message("Last lines").locator("pre"));
      expect(lines).toMatch(/error TS2322.*\n#9 4\.213 using token \*\*\*\n/);
      expect(lines).not.toMatch(/ghp_/);
      await picture("failed");

      await root("api").getByRole("button", { name: "Retry" }).click();
      await thread.expectText(/api is live at/);
      await thread.expectText(", from where it stopped.");
    });

    test("Undo lists exactly what the launch made, removes it and says so", async () => {
      await scenario("The next build fails", true);
      await slack.say("/project create gone template=node-service");
      await slack.expectText(/^gone · failed/);
      await root("gone").getByRole("button", { name: "Undo" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("The launch of gone created 10 things, which will be removed, newest first:").waitFor();
      const listed = (await read(dialog)).split("\n").flatMap((line) => /^• (.*)/.exec(line)?.[1] ?? []);
      expect(listed).toEqual([
        expect.stringMatching(/^GitRepository gone\/gone-[0-9a-f]{12}$/),
        // Written down before anything was made; the image never came, so neither did it.
        expect.stringMatching(/^Kustomization gone\/gone /),
        "GitRepository gone/gone",
        "Secret gone/git-credentials",
        "Secret gone/registry-pull",
        "RoleBinding gone/slipway-tenant",
        "ServiceAccount gone/slipway-tenant",
        "Namespace gone",
        expect.stringMatching(/^Webhook http/),
        "Repository acme/gone",
      ]);
      await picture("undo");
      expect(await slack.submitModal({})).toEqual([]);
      await slack.expectText(/^gone · removed/);
      expect(await read(root("gone"))).toMatch(/Everything this launch created is removed\./);
      const { github, cluster } = sandbox;
      expect(github.overview().repositories.map(({ fullName }) => fullName)).not.toContain("acme/gone");
      expect(cluster.simulated?.store.get({ apiVersion: "v1", kind: "Namespace", name: "gone" })).toBeUndefined();
      await picture("removed");
    });

    test("Flux that times out and a port that is blocked: warned of, edited while they last, closed with how long it took", async () => {
      const thread = await slack.thread(/rrr · live/);
      await scenario("Flux cannot reach GitHub", true);
      await scenario("A port is blocked from outside", true);
      await thread.expectText("Flux cannot reach GitHub");
      const flux = thread.message("Flux cannot reach GitHub");
      // The card has its title first, what it means comes in the thread.
      await expect
        .poll(() => read(flux), { timeout: ENOUGH })
        .toMatch(/The running version is not affected[\s\S]*dial tcp 20\.205\.243\.166:443: i\/o timeout/);
      await thread.expectText("Port 80 is blocked from outside");
      const port = thread.message("Port 80 is blocked");
      await expect.poll(() => read(port), { timeout: ENOUGH }).toMatch(/Tencent Cloud: .*Security Groups.*TCP:80/);
      await flux.getByText(/still failing, \d+ times, \d+ s/).waitFor();
      await picture("warnings");

      // While it lasts: once the port is open, a look of the bot's own may close the message before it is pressed.
      await port.getByRole("button", { name: "Check again" }).click();
      await scenario("Flux cannot reach GitHub", false);
      await scenario("A port is blocked from outside", false);
      await thread.expectText(/Resolved after (\d+ min )?\d+ s: Port 80 is blocked from outside/);
      await thread.expectText(/Resolved after (\d+ min )?\d+ s: Flux cannot reach GitHub/);
      await picture("over");
    });

    test("App Home shows my projects, and that none needs me", async () => {
      const opened = async () => {
        await slack.go("launches");
        await slack.go("Slipway");
        await slack.expectText("My projects");
        return read(page.getByRole("main"));
      };
      // What Flux could not reach was api's repository too, which it asks for again in its own time.
      await expect.poll(opened, { timeout: ENOUGH, interval: 2_000 }).not.toMatch(/Needs you/);
      const home = await opened();
      expect(home).toMatch(/✔ rrr · live · http/);
      expect(home).toMatch(/– my-app · cancelled/);
      expect(home).not.toMatch(/Needs you|gone/);
      await picture("home");
      await slack.go("launches");
    });

    test("nothing sticks out at 1280 and at 390 px, light and dark", async () => {
      const widest = () => page.evaluate("document.documentElement.scrollWidth");
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 844 });
          const back = page.getByRole("button", { name: "Back to the channel" });
          if (await back.isVisible()) await back.click();
          await root("api").scrollIntoViewIfNeeded();
          expect(await widest()).toBe(width);
          await picture(`channel-${width}-${colorScheme}`);
          await slack.thread(/api · live/);
          expect(await widest()).toBe(width);
          await picture(`thread-${width}-${colorScheme}`);
        }
      }
    });
  },
);
