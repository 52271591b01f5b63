import type { Workload } from "./workload.ts";

/** So long the pods of a Job may take to start before anybody asks what they wait for: most that are made are never asked about. */
const PATIENCE_MS = 10_000;

export type WaitingJob = Workload & {
  /** From then on its pods are asked about. */
  askFrom: Date;
};

/** Jobs whose pods do not get ready; of a CronJob's, which may pile up, the newest. */
export function waitingJobs(workloads: readonly Workload[]): WaitingJob[] {
  const waiting = workloads
    .filter(({ deleting }) => !deleting)
    .flatMap((job) => (job.waitsSince ? [{ ...job, askFrom: new Date(job.waitsSince.getTime() + PATIENCE_MS) }] : []))
    .toSorted((a, b) => a.askFrom.getTime() - b.askFrom.getTime());
  return [...new Map(waiting.map((job) => [job.owner?.uid ?? job.uid, job])).values()];
}
