import { setTimeout as sleep } from "node:timers/promises";
import type { ApiServer } from "../start-api-server.ts";
import { churn } from "./churn.ts";
import type { Call } from "./load-projects.ts";
import { median } from "./median.ts";
import type { ProcessUse } from "./process-use.ts";
import { startWatcher, type Watcher } from "./start-watcher.ts";

/** What a process does of its own once it is in step: garbage of the lists. */
const SETTLE_MS = 5_000;

export interface WatchUse {
  syncSeconds: number;
  /** From its start until settled. */
  syncCpuSeconds: number;
  syncedMb: number;
  churnCpuSeconds: number;
  churnedMb: number;
  anonymousMb: number;
  peakMb: number;
}

export interface Comparison {
  own: WatchUse;
  peer: WatchUse;
}

/** Both watch the same objects, each in a process of its own and started alone; then the same changes come to both. */
export async function compareWatches(
  server: ApiServer,
  call: Call,
  given: { projects: number; repetitions: number; churnSeconds: number; say: (line: string) => void },
): Promise<Comparison> {
  const all: Comparison[] = [];
  for (let repetition = 0; repetition < given.repetitions; repetition += 1) {
    const own = await startSettled("own", server);
    const peer = await startSettled("peer", server);
    try {
      const made = await churn(given.projects, given.churnSeconds, call);
      const changes = [...made.values()].reduce((sum, each) => sum + each, 0);
      // A Project's status is the bot's own writing and hints at nothing.
      await own.watcher.seen(changes - (made.get("Project") ?? 0));
      await peer.watcher.seen(changes);
      const used = { own: useOf(own), peer: useOf(peer) };
      all.push(used);
      given.say(`${given.projects} projects, ${repetition + 1} of ${given.repetitions}: ${JSON.stringify(used)}`);
    } finally {
      await Promise.all([own.watcher.end(), peer.watcher.end()]);
    }
  }
  return { own: medians(all.map(({ own }) => own)), peer: medians(all.map(({ peer }) => peer)) };
}

interface Settled {
  watcher: Watcher;
  before: ProcessUse;
}

async function startSettled(who: "own" | "peer", { kubeconfigFile }: ApiServer): Promise<Settled> {
  const watcher = await startWatcher(who, kubeconfigFile);
  await sleep(SETTLE_MS);
  return { watcher, before: watcher.use() };
}

function useOf({ watcher, before }: Settled): WatchUse {
  const now = watcher.use();
  return {
    syncSeconds: watcher.syncSeconds,
    syncCpuSeconds: before.cpuSeconds,
    syncedMb: before.rssMb,
    churnCpuSeconds: now.cpuSeconds - before.cpuSeconds,
    churnedMb: now.rssMb,
    anonymousMb: now.anonymousMb,
    peakMb: now.peakMb,
  };
}

function medians(all: readonly WatchUse[]): WatchUse {
  const of = (field: keyof WatchUse) => median(all.map((each) => each[field]));
  return {
    syncSeconds: of("syncSeconds"),
    syncCpuSeconds: of("syncCpuSeconds"),
    syncedMb: of("syncedMb"),
    churnCpuSeconds: of("churnCpuSeconds"),
    churnedMb: of("churnedMb"),
    anonymousMb: of("anonymousMb"),
    peakMb: of("peakMb"),
  };
}
