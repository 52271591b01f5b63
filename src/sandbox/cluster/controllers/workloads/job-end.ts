import type { Condition } from "../runtime/conditions.ts";
import type { Job } from "./job.ts";

export type JobEnd = { type: "Complete" | "Failed"; reason: string; message: string };

/** How a Job has ended, if it has: too many failures, too long, or enough. */
export function jobEnd(
  spec: Job["spec"],
  seen: { succeeded: number; failed: number; running: number; restarts: number; milliseconds: number },
): JobEnd | undefined {
  // Containers that are started again count where pods are not made anew.
  const restarts = spec.template.spec.restartPolicy === "OnFailure" ? seen.restarts : 0;
  if (seen.failed > spec.backoffLimit || (restarts > 0 && restarts >= spec.backoffLimit)) {
    return {
      type: "Failed",
      reason: "BackoffLimitExceeded",
      message: "Job has reached the specified backoff limit",
    };
  }
  if (spec.activeDeadlineSeconds !== undefined && seen.milliseconds >= spec.activeDeadlineSeconds * 1_000) {
    return { type: "Failed", reason: "DeadlineExceeded", message: "Job was active longer than specified deadline" };
  }
  // Without a number of completions one success is enough, once all others have ended.
  const enough =
    spec.completions == null ? seen.succeeded > 0 && seen.running === 0 : seen.succeeded >= spec.completions;
  return enough
    ? { type: "Complete", reason: "CompletionsReached", message: "Reached expected number of succeeded pods" }
    : undefined;
}

/** Each is said first as what will be, then as what is. https://kubernetes.io/docs/concepts/workloads/controllers/job/#termination-of-job-pods */
export function conditionsAtEnd({ type, reason, message }: JobEnd): Condition[] {
  return [type === "Failed" ? "FailureTarget" : "SuccessCriteriaMet", type].map((each) => ({
    type: each,
    status: "True" as const,
    reason,
    message,
  }));
}
