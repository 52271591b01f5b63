import type { Evidence } from "./evidence.ts";

export const secret: Evidence = {
  kind: "Secret",
  rights: [
    {
      verbs: ["create", "patch", "delete"],
      why: "The pull secret, Flux's git credentials. They are never read: undo removes them by their uid",
    },
  ],
};
