import { accessSync, constants } from "node:fs";

const USUAL_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** This machine's Chromium (`CHROMIUM`, else where it usually is), or what to install. */
export function findChromium(environment = process.env): { path: string } | { path?: undefined; reason: string } {
  const given = environment.CHROMIUM;
  const path = (given === undefined || given === "" ? USUAL_PATHS : [given]).find(isExecutable);
  if (path !== undefined) return { path };
  return {
    reason:
      given === undefined || given === ""
        ? "no Chromium on this machine: apt-get install -y chromium, or set CHROMIUM to one"
        : `CHROMIUM is ${given}, which cannot be run`,
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
