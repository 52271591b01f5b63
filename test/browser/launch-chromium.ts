import { type Browser, chromium } from "playwright-core";

/** Chromium's own sandbox needs a kernel feature that containers usually lack; the pages here are our own. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
