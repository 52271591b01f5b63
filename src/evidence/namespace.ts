import type { Evidence } from "./evidence.ts";

export const namespace: Evidence = {
  kind: "Namespace",
  watch: { by: "label" },
  rights: [
    {
      verbs: ["get", "list", "watch", "create", "patch", "delete"],
      why: "One per project and environment; undo deletes it",
    },
  ],
};
