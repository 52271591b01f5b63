/** The rows of a launch, in the order a person reads them. */
export const STAGES = ["repository", "cluster", "build", "rollout", "ingress", "certificate", "reachable"] as const;

export type Stage = (typeof STAGES)[number];

/**
 * `pending` has not begun, `waiting` is under way or waits for something that is expected to come,
 * `skipped` does not apply (no issuer: no certificate), `failed` needs a person.
 */
export type StageState = "pending" | "waiting" | "done" | "skipped" | "failed";
