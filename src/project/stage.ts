/** The rows of a launch, in the order a person reads them. */
export const STAGES = ["repository", "cluster", "build", "rollout", "ingress", "certificate", "reachable"] as const;

export type Stage = (typeof STAGES)[number];
