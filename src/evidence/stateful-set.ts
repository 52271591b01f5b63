import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";
import { workloadMask } from "./workload-mask.ts";

export const statefulSet: Evidence = {
  kind: "StatefulSet",
  watch: { by: "label" },
  keep: only(workloadMask),
  rights: [{ verbs: ["list", "watch"], why: "Rollout of what keeps its names and volumes" }],
};
