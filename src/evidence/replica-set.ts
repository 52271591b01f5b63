import { PROJECT_LABEL } from "../project/ownership.ts";
import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

export const replicaSet: Evidence = {
  kind: "ReplicaSet",
  watch: { by: "label" },
  metadataOnly: true,
  // A Deployment keeps ten that are over: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy
  keep: only({
    metadata: {
      name: true,
      namespace: true,
      uid: true,
      resourceVersion: true,
      ownerReferences: true,
      labels: { [PROJECT_LABEL]: true, "pod-template-hash": true },
      annotations: { "deployment.kubernetes.io/revision": true },
    },
  }),
  rights: [
    { verbs: ["list", "watch"], why: "Of which revision of its Deployment a pod is. Only metadata is asked for" },
  ],
};
