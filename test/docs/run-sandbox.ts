import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ROOT } from "./read-pages.ts";

export interface Ran {
  output: string;
  /** 130: it would have gone on, and was ended by Ctrl-C. */
  exitCode: number | null;
  /** Of the page, where it was still being served. */
  page: { status: number; text: string } | undefined;
}

const STAYS = /Ctrl-C ends all of it/;

/** `npm run sandbox -- ARGS` on free ports and in a hurry; one that stays is looked at and ended. */
export async function runSandbox(args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, ["src/sandbox/main.ts", ...args, "--port", "0", "--speed", "50"], {
    cwd: ROOT,
    // Six processes of the same sources: https://nodejs.org/api/module.html#module-compile-cache
    env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/node") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let page: Ran["page"];
  const hear = async (chunk: Buffer) => {
    const stayed = STAYS.test(output);
    output += chunk.toString();
    if (stayed || !STAYS.test(output)) return;
    const [url = ""] = /http:\/\/\S+/.exec(output) ?? [];
    try {
      const answer = await fetch(url);
      page = { status: answer.status, text: await answer.text() };
    } finally {
      child.kill("SIGINT");
    }
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  await once(child, "close");
  return { output, exitCode: child.exitCode, page };
}
