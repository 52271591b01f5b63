import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";
import { workloadMask } from "./workload-mask.ts";

export const daemonSet: Evidence = {
  kind: "DaemonSet",
  watch: { by: "label" },
  keep: only(workloadMask),
  rights: [{ verbs: ["list", "watch"], why: "Rollout of what runs on each node" }],
};
