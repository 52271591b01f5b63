import type { Evidence } from "./evidence.ts";

export const roleBinding: Evidence = {
  kind: "RoleBinding",
  rights: [{ verbs: ["get", "create", "patch", "delete"], why: "Binds the tenant in its namespace" }],
};
