import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startProcess } from "../start-process.ts";
import { POD } from "./pod.ts";
import { type ProcessUse, processUse } from "./process-use.ts";

const SYNC_SECONDS = 180;

export interface Watcher {
  /** From the process's start to every kind listed and watched. */
  syncSeconds: number;
  use(): ProcessUse;
  /** Resolves once it has seen so many changes since it was synced. */
  seen(count: number): Promise<void>;
  end(): Promise<void>;
}

/** `watch-own.ts` or `watch-peer.ts` as a process of its own; resolves when it is in step. */
export async function startWatcher(who: "own" | "peer", kubeconfigFile: string): Promise<Watcher> {
  const began = performance.now();
  const script = fileURLToPath(new URL(`watch-${who}.ts`, import.meta.url));
  const started = startProcess(process.execPath, [...POD[who], script], {
    ...process.env,
    KUBECONFIG: kubeconfigFile,
  });
  const synced = Promise.withResolvers<number>();
  let count = 0;
  if (started.child.stdout)
    createInterface(started.child.stdout).on("line", (line) => {
      if (line === "synced") synced.resolve(performance.now());
      else if (line.startsWith("seen ")) count = Number(line.slice("seen ".length));
    });
  const fail = (why: string) => synced.reject(new Error(`${who}: ${why}: ${started.said()}`));
  started.child.once("exit", () => fail("ended"));
  const late = setTimeout(() => fail(`not in step after ${SYNC_SECONDS} s`), SYNC_SECONDS * 1_000);
  const syncSeconds = ((await synced.promise) - began) / 1_000;
  clearTimeout(late);
  return {
    syncSeconds,
    use: () => processUse(started.pid),
    async seen(wanted) {
      for (let waited = 0; count < wanted; waited += 1) {
        if (waited > 600) throw new Error(`${who} saw ${count} of ${wanted} changes: ${started.said()}`);
        await sleep(100);
      }
    },
    end: started.end,
  };
}
