/** What stages, launches and deploys are called. */
export const states = {
  stages: {
    repository: "Repository",
    cluster: "Cluster",
    build: "Image build",
    rollout: "Rollout",
    ingress: "Ingress",
    certificate: "Certificate",
    reachable: "Reachable",
  },

  phases: {
    Requested: "requested",
    Refused: "not launched",
    Launching: "launching",
    Live: "live",
    Failed: "failed",
    Cancelled: "cancelled",
    Kept: "kept as it is",
    Removing: "removing",
    Removed: "removed",
  },

  deployStates: {
    running: "deploying",
    live: "live",
    failed: "deploy failed",
    superseded: "replaced by a newer commit",
    cancelled: "cancelled",
    heldBack: "held back by a pin",
  },
};
