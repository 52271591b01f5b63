import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const node: Evidence = {
  kind: "Node",
  // Not the images that it holds, which are most of it.
  keep: only({ spec: { providerID: true }, status: { addresses: true, conditions: true } }),
  rights: [{ verbs: ["list"], why: "The node's cloud" }],
};
