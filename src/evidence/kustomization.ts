import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const kustomization: Evidence = {
  kind: "Kustomization",
  watch: { by: "label" },
  // Not the patches, which are our own, nor the history, which has each try.
  keep: only({
    spec: { path: true, suspend: true, sourceRef: true, images: true },
    status: {
      conditions: true,
      observedGeneration: true,
      lastAppliedRevision: true,
      lastAttemptedRevision: true,
      inventory: { entries: { id: true } },
    },
  }),
  rights: [
    {
      verbs: ["get", "list", "watch", "create", "patch", "delete"],
      why: "What Flux applies of it, and with which tag",
    },
  ],
};
