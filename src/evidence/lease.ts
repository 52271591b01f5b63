import type { Evidence } from "./evidence.ts";

export const lease: Evidence = {
  kind: "Lease",
  rights: [
    { own: true, verbs: ["create"], why: "Which replica leads; a name cannot be told apart while it is being made" },
    { own: true, names: ["slipway"], verbs: ["get", "update"], why: "Renewing it, taking it over, letting it go" },
  ],
};
