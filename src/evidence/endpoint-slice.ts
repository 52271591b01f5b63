import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const endpointSlice: Evidence = {
  kind: "EndpointSlice",
  watch: { by: "label" },
  keep: only({ endpoints: { addresses: true, conditions: true } }),
  rights: [{ verbs: ["list", "watch"], why: "What stands behind a Service" }],
};
