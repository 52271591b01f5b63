import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const cronJob: Evidence = {
  kind: "CronJob",
  keep: only({ status: { lastSuccessfulTime: true } }),
  rights: [{ verbs: ["list"], why: "Whether a run has gone well since one failed. Asked for only then" }],
};
