import type { Locator, Page } from "playwright-core";
import { fillModal, type ModalValues } from "./fill-modal.ts";

const TRIES = 5;
const TRY_FOR = 6_000;

/** What can be done in one panel: the channel or a thread. */
export interface Panel {
  /** Types it and presses Enter. */
  say(text: string): Promise<void>;
  /** Presses the newest button of that name, as soon as there is one. */
  clickButton(name: string | RegExp, timeout?: number): Promise<void>;
  /** Resolves when the text is seen. */
  expectText(pattern: string | RegExp, timeout?: number): Promise<void>;
  /** The newest message with that text. */
  message(pattern: string | RegExp): Locator;
  composer: Locator;
}

export interface ConsolePage extends Panel {
  page: Page;
  /** Opens the console and waits until it hears what happens. */
  open(url: string): Promise<void>;
  /** Opens the thread of the newest message with that text. */
  thread(rootText: string | RegExp): Promise<Panel>;
  /** Answers the question that a button asks before it acts. */
  confirm(button: string | RegExp): Promise<void>;
  /** Fills in the modal by its labels and submits it; resolves with the errors that it then shows, none when it took it. */
  submitModal(values: ModalValues): Promise<string[]>;
  /** Goes on as another person. */
  become(name: string | RegExp): Promise<void>;
  /** A channel, a person or an app, by its name in the sidebar. */
  go(name: string): Promise<void>;
}

/** The console as a person uses it. Nothing here knows of what the page is made but roles and names. */
export function consolePage(page: Page): ConsolePage {
  const main = panel(page.getByRole("main"));
  const modal = page.locator("dialog.modal").last();
  return {
    ...main,
    page,
    async open(url) {
      // When the machine's network changes (a container starts), Chromium drops what it is just loading.
      for (let tries = 1; ; tries++) {
        try {
          await page.goto(url);
          return await page.locator("[data-connection=open]").waitFor({ timeout: TRY_FOR });
        } catch (error) {
          if (tries === TRIES) throw error;
        }
      }
    },
    async thread(rootText) {
      const root = main.message(rootText);
      const summary = root.getByRole("button", { name: /^\d+ repl(?:y|ies)/ });
      await root.waitFor();
      if (await summary.isVisible()) await summary.click();
      else {
        await root.hover();
        await root.getByRole("button", { name: "Reply in thread" }).click();
      }
      const aside = page.getByRole("complementary", { name: "Thread" });
      await aside.waitFor();
      return panel(aside);
    },
    async confirm(button) {
      await page.locator("dialog.confirm").getByRole("button", { name: button }).click();
      await page.locator("dialog.confirm").waitFor({ state: "detached" });
    },
    async submitModal(values) {
      await modal.waitFor();
      await fillModal(modal, values);
      const submit = modal.locator("button[type=submit]");
      const answered = page.waitForResponse(/\/client\/submit$/);
      await submit.click();
      await answered;
      const errors = modal.getByRole("alert");
      // A form that is only being checked has become a note, which has nothing to submit.
      await Promise.race([submit.waitFor({ state: "detached" }), errors.first().waitFor()]);
      return errors.allInnerTexts();
    },
    async become(name) {
      await page.getByRole("button", { name: /Switch person/ }).click();
      await page.getByRole("menuitemradio", { name }).click();
      await page
        .getByRole("button", { name: new RegExp(`You are ${typeof name === "string" ? name : name.source}`) })
        .waitFor();
      await page.locator("[data-connection=open]").waitFor();
    },
    async go(name) {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Jump to" }).fill(name);
      await page.keyboard.press("Enter");
      await page.getByRole("main", { name }).waitFor();
    },
  };
}

function panel(root: Locator): Panel {
  const composer = root.getByRole("textbox").last();
  const message = (pattern: string | RegExp) => root.getByRole("article").filter({ hasText: pattern }).last();
  return {
    composer,
    message,
    async say(text) {
      await composer.fill(text);
      await composer.press("Enter");
    },
    async clickButton(name, timeout) {
      await root.getByRole("button", { name }).or(root.getByRole("link", { name })).last().click({ timeout });
    },
    async expectText(pattern, timeout) {
      await root.getByText(pattern).last().waitFor({ timeout });
    },
  };
}
