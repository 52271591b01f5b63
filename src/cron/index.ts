import type { Job } from "./job.ts";
import { syncUnhooked } from "./sync-unhooked.ts";

export const jobs: readonly Job[] = [syncUnhooked];
