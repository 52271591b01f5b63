import type { Hub } from "../hub.ts";
import type { Conclusion, Run } from "../state.ts";
import { announceRun } from "../webhooks/announce-run.ts";

/** Ends a run and tells of it. */
export function endRun(hub: Hub, run: Run, conclusion: Conclusion): void {
  Object.assign(run, { status: "completed", conclusion, updatedAt: hub.now() });
  announceRun(hub, run, "completed");
}
