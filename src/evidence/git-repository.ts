import type { Evidence } from "./evidence.ts";

export const gitRepository: Evidence = {
  kind: "GitRepository",
  watch: { by: "label" },
  rights: [{ verbs: ["get", "list", "watch", "create", "patch", "delete"], why: "Flux's source of each project" }],
};
