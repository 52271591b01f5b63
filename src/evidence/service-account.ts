import type { Evidence } from "./evidence.ts";

export const serviceAccount: Evidence = {
  kind: "ServiceAccount",
  rights: [{ verbs: ["get", "create", "patch", "delete"], why: "The tenant's account" }],
};
