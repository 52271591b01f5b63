import type { WorkflowRun } from "../project/ports/github.ts";

/**
 * What came of one commit in the workflow that makes the image. Only `failed` is a failure: somebody stopped it, an
 * approval is waited for, or there was nothing to do are ends of their own.
 * https://docs.github.com/en/rest/checks/runs (conclusions), https://docs.github.com/en/rest/actions/workflow-runs (status)
 */
export type Build =
  /** No run of it was to be seen when it was looked for. */
  | { state: "none" }
  | { state: "queued"; run: WorkflowRun }
  | { state: "running"; run: WorkflowRun }
  /** A person has to let it go on. */
  | { state: "approval"; run: WorkflowRun }
  | { state: "succeeded"; run: WorkflowRun }
  | { state: "failed"; run: WorkflowRun }
  | { state: "cancelled"; run: WorkflowRun }
  | { state: "skipped"; run: WorkflowRun }
  /** It is over, in a way that has no name yet, or none that is known here: whether its image is there tells. */
  | { state: "ended"; run: WorkflowRun };

/** `runs`: of that workflow and commit. What was started last counts, in its last attempt. */
export function buildOf(runs: readonly WorkflowRun[]): Build {
  const [run] = runs.toSorted((a, b) => b.number - a.number || b.attempt - a.attempt);
  if (!run) return { state: "none" };
  return { state: stateOf(run), run };
}

function stateOf({ status, conclusion }: WorkflowRun): Exclude<Build["state"], "none"> {
  switch (status) {
    case "queued":
    case "requested":
    case "pending":
      return "queued";
    case "in_progress":
      return "running";
    case "waiting":
      return "approval";
    case "completed":
      switch (conclusion) {
        case "success":
          return "succeeded";
        case "cancelled":
        case "stale":
          return "cancelled";
        case "skipped":
        case "neutral":
          return "skipped";
        case "action_required":
          return "approval";
        case "failure":
        case "timed_out":
        case "startup_failure":
          return "failed";
        default:
          return "ended";
      }
  }
}
