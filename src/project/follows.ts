/** What a row says while it waits for a row before it, which tells for itself how long it takes. */
export const FOLLOWS: readonly string[] = [
  "ClusterPreparing",
  "RolloutWaitsForImage",
  "IngressAwaited",
  "CertificateAwaited",
  "ReachableAwaited",
];
