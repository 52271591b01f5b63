import type { Job } from "./job.ts";
import { syncAll } from "./sync-all.ts";
import { syncRunning } from "./sync-running.ts";

export const jobs: readonly Job[] = [syncRunning, syncAll];
