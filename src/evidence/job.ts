import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";
import { workloadMask } from "./workload-mask.ts";

/**
 * Those of CronJobs too. Its pods do not bear our label: the template of a Job that exists cannot be changed, so it is left
 * as it is. They are asked for where it waits for them (src/diagnosis/pods-of-jobs.ts).
 */
export const job: Evidence = {
  kind: "Job",
  watch: { by: "label" },
  keep: only(workloadMask),
  rights: [{ verbs: ["list", "watch"], why: "Whether it has ended, and how" }],
};
