import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { readFlags } from "../src/sandbox/read-flags.ts";
import type { Sandbox } from "../src/sandbox/sandbox.ts";
import { startSandbox } from "../src/sandbox/start-sandbox.ts";
import { findChromium } from "../test/browser/chromium.ts";
import { type ConsolePage, consolePage, type Panel } from "../test/browser/console-page.ts";
import { launchChromium } from "../test/browser/launch-chromium.ts";

// Makes docs/pictures/*.png: launches in the sandbox, seen in a real Chromium.

const PICTURES = join(import.meta.dirname, "../docs/pictures");
const ENOUGH_MS = 180_000;
const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const NARROW: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const chromium = findChromium();
if (chromium.path === undefined) throw new Error(chromium.reason);
await mkdir(PICTURES, { recursive: true });
const browser = await launchChromium(chromium.path);
try {
  // Slow enough to be caught half-way.
  await inSandbox(["--speed", "12"], async (sandbox) => {
    const page = await openPage(sandbox, WIDE);
    await page.say("/project create rrr");
    const thread = await openThread(page, /rrr · launching/);
    await page.expectText(/docker build/, ENOUGH_MS);
    await shoot(page, "launching");

    await thread.expectText(/rrr is live at/, ENOUGH_MS);
    await shoot(page, "live-light");
    const dark = await openPage(sandbox, { ...WIDE, colorScheme: "dark" });
    await (await openThread(dark, /rrr · live/)).expectText(/rrr is live at/);
    await shoot(dark, "live-dark");
    const narrow = await openPage(sandbox, NARROW);
    await shoot(narrow, "live-narrow");

    await page.page.getByRole("button", { name: /^World/ }).click();
    await page.page.getByRole("switch", { name: "Flux cannot reach GitHub" }).click();
    await shoot(page, "world");
    await page.page.getByRole("button", { name: /^Chat/ }).click();
    await thread.expectText(/Flux cannot reach GitHub/, ENOUGH_MS);
    await shoot(page, "warning");
  });
} finally {
  await browser.close();
}

async function inSandbox(flags: string[], work: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox(readFlags(["--port", "0", ...flags]));
  try {
    await work(sandbox);
  } finally {
    await sandbox.close();
  }
}

async function openPage(sandbox: Sandbox, options: BrowserContextOptions): Promise<ConsolePage> {
  const context = await browser.newContext({ colorScheme: "light", deviceScaleFactor: 1.5, ...options });
  const page = consolePage(await context.newPage());
  await page.open(sandbox.slack.url);
  return page;
}

async function openThread(page: ConsolePage, root: RegExp): Promise<Panel> {
  await page.expectText(root, ENOUGH_MS);
  return page.thread(root);
}

async function shoot(page: ConsolePage, name: string): Promise<void> {
  // Away from everything that shows something when pointed at.
  await page.page.mouse.move(200, 500);
  await page.page.evaluate("document.fonts.ready");
  await page.page.screenshot({ path: join(PICTURES, `${name}.png`), animations: "disabled" });
  process.stdout.write(`docs/pictures/${name}.png\n`);
}
