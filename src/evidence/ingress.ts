import type { Evidence } from "./evidence.ts";

export const ingress: Evidence = {
  kind: "Ingress",
  watch: { by: "label" },
  rights: [{ verbs: ["list", "watch"], why: "Routes, and whether a host is taken" }],
};
