import { readFile } from "node:fs/promises";
import type { AccessState } from "../../project/ports/doctor.ts";
import type { Log } from "../log.ts";
import { type AccessRules, OPEN_ACCESS, parseAccessFile } from "./access-file.ts";

export interface AccessFile {
  /** Those that hold: of the newest file that could be used. */
  rules(): AccessRules;
  state(): AccessState;
  stop(): void;
}

const EVERY_MS = 2_000;

/**
 * ACCESS_FILE, taken anew whenever it says something else. A new one that is wrong changes nobody's rights and is told. At
 * the start it has to be right: rejects where it is not.
 *
 * Read, not watched: the kubelet never writes a mounted file but swaps a link two levels above it, which ends a watch of the
 * file (https://ahmet.im/blog/kubernetes-inotify/). What it says counts once two looks in a row have seen it, since who
 * writes it in place may be at it, and an empty file is one that lets everybody launch.
 */
export async function watchAccessFile(
  path: string | undefined,
  log: Log,
  everyMs: number = EVERY_MS,
  read: (file: string) => Promise<string> = (file) => readFile(file, "utf8"),
): Promise<AccessFile> {
  if (path === undefined) {
    const state: AccessState = { file: undefined, rules: 0, problem: undefined };
    return { rules: () => OPEN_ACCESS, state: () => state, stop: () => {} };
  }
  const file = path;
  let seen = await read(file);
  let rules = parseAccessFile(seen);
  let taken = seen;
  let problem: string | undefined;
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    const now = await read(file).catch((error: Error) => error);
    looking = false;
    const said = now instanceof Error ? now.message : now;
    const settled = said === seen;
    seen = said;
    if (!settled || said === taken) return;
    taken = said;
    take(now);
  }

  function take(now: string | Error): void {
    try {
      if (now instanceof Error) throw now;
      rules = parseAccessFile(now);
      problem = undefined;
      log.info({ file, rules: rules.rules.length }, "the access file was read anew");
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      log.error({ file, problem }, "the access file cannot be used; the rules of before go on holding");
    }
  }

  const timer = setInterval(() => void look(), everyMs);
  return {
    rules: () => rules,
    state: () => ({ file, rules: rules.rules.length, problem }),
    stop: () => clearInterval(timer),
  };
}
