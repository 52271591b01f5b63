import type { Evidence } from "./evidence.ts";

export const customResourceDefinition: Evidence = {
  kind: "CustomResourceDefinition",
  metadataOnly: true,
  rights: [
    {
      names: ["projects.slipway.dev"],
      verbs: ["get"],
      why: "Whether it is being deleted, and all Projects with it: then no application is removed",
    },
  ],
};
