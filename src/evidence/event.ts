import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const event: Evidence = {
  kind: "Event",
  keep: only({
    involvedObject: true,
    type: true,
    reason: true,
    message: true,
    count: true,
    series: true,
    firstTimestamp: true,
    lastTimestamp: true,
    eventTime: true,
  }),
  rights: [{ verbs: ["list"], why: "Flux's failures, and why a Job, StatefulSet or DaemonSet has no pods" }],
};
