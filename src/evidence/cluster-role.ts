import type { Evidence } from "./evidence.ts";

export const clusterRole: Evidence = {
  kind: "ClusterRole",
  rights: [
    {
      names: ["slipway-project"],
      verbs: ["get", "bind"],
      why: "The one role it may bind. Without `bind` it would have to hold all of that role's rights itself, and with it on others it could make itself administrator",
    },
  ],
};
