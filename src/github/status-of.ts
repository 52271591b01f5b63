import type { WorkflowRun } from "../project/ports/github.ts";

const STATUSES = ["queued", "in_progress", "completed", "waiting", "requested", "pending"] as const;

/** A status that GitHub adds one day is taken for one that waits. */
export function statusOf(status: string | null): WorkflowRun["status"] {
  return STATUSES.find((known) => known === status) ?? "pending";
}
