import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startProcess } from "../start-process.ts";
import { POD } from "./pod.ts";
import { type ProcessUse, processUse } from "./process-use.ts";

const MAIN = fileURLToPath(new URL("../../../src/main.ts", import.meta.url));
const READY_SECONDS = 120;

export interface Bot {
  /** From the process's start to `/readyz` saying 200. */
  readySeconds: number;
  use(): ProcessUse;
  /** Resolves once no project waits to be looked at, or after so many seconds; says whether none does. */
  idle(seconds: number): Promise<boolean>;
  end(): Promise<void>;
}

/** The whole bot, as a pod of its Deployment runs it; resolves when it is ready. `main`: of another version. */
export async function startBot(environment: Record<string, string>, main: string = MAIN): Promise<Bot> {
  const began = performance.now();
  const started = startProcess(process.execPath, [...POD.own, main], {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    ...environment,
  });
  started.child.stdout?.resume();
  const url = `http://127.0.0.1:${environment.METRICS_PORT}`;
  let said = "";
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) break;
    said = (await answer?.text()) ?? said;
    if (started.child.exitCode !== null) throw new Error(`the bot ended: ${started.said()}`);
    if (performance.now() - began > READY_SECONDS * 1_000) throw new Error(`the bot is not ready: ${said}`);
    await sleep(20);
  }
  return {
    readySeconds: (performance.now() - began) / 1_000,
    use: () => processUse(started.pid),
    async idle(seconds) {
      const deadline = performance.now() + seconds * 1_000;
      while (performance.now() < deadline) {
        const metrics = await (await fetch(`${url}/metrics`)).text();
        if (/^slipway_queue_length 0$/m.test(metrics)) return true;
        await sleep(500);
      }
      return false;
    },
    end: started.end,
  };
}
