import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Part } from "./shared/world.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const PATIENCE_MS = 60_000;

export interface BotPart extends Part {
  pid: number;
  /** Dies at once, as of SIGKILL, between any two instructions. */
  crash(): Promise<void>;
}

/** The production bot as a process of its own; all it knows of the sandbox is this environment. Resolves when it is ready. */
export async function startBot(environment: Record<string, string>, logDir: string): Promise<BotPart> {
  const log = join(logDir, "bot.log");
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const file = createWriteStream(log, { flags: "a" });
  child.stdout.pipe(file);
  child.stderr.pipe(file);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  const end = () => endProcess(child);
  await ready(`http://127.0.0.1:${environment.METRICS_PORT}/readyz`, child, () => said || `see ${log}`).catch(
    async (error) => {
      await end();
      throw error;
    },
  );
  if (child.pid === undefined) throw new Error("the bot answered, but was not started here");
  return {
    url: `http://127.0.0.1:${environment.PORT}`,
    pid: child.pid,
    close: end,
    crash: () => endProcess(child, "SIGKILL"),
  };
}

async function ready(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  let last = "";
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the bot ended with exit code ${child.exitCode}: ${said()}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    last = answer ? await answer.text() : "";
    await sleep(100);
  }
  throw new Error(`the bot was not ready within ${PATIENCE_MS / 1000} s: ${last || said()}`);
}

async function endProcess(child: ChildProcess, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(timer);
}
