import type { Evidence } from "./evidence.ts";
import { only } from "./only.ts";

const told = {
  name: true,
  image: true,
  imageID: true,
  ready: true,
  started: true,
  restartCount: true,
  state: true,
  lastState: true,
} as const;

export const pod: Evidence = {
  kind: "Pod",
  watch: { by: "label" },
  // Where it listens and what it may use is its workload's, once for all of its pods.
  keep: only({
    spec: {
      nodeName: true,
      containers: { name: true, image: true },
      initContainers: { name: true, image: true, restartPolicy: true },
    },
    status: {
      phase: true,
      reason: true,
      message: true,
      conditions: true,
      podIP: true,
      nominatedNodeName: true,
      containerStatuses: told,
      initContainerStatuses: told,
    },
  }),
  rights: [
    {
      verbs: ["list", "watch", "delete"],
      why: "Rollout and what holds it up. Deleted is only one of a new tag that its node pulled for without the pull secret: what comes in its place need not wait out a back-off. Without this right it does, and the doctor says so",
    },
  ],
};
