import type { Evidence } from "./evidence.ts";

export const service: Evidence = {
  kind: "Service",
  watch: { by: "label" },
  rights: [{ verbs: ["list", "watch"], why: "What stands behind a route" }],
};
