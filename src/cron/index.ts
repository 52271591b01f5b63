import type { Job } from "./job.ts";
import { syncAll } from "./sync-all.ts";
import { syncRunning } from "./sync-running.ts";
import { syncUnhooked } from "./sync-unhooked.ts";

export const jobs: readonly Job[] = [syncRunning, syncUnhooked, syncAll];
