import { subjectOf } from "../../facts/identity.ts";
import type { Workload } from "../../facts/workload.ts";
import { jobEnd } from "../job-end.ts";
import type { Found, Rule } from "../rule.ts";

/** Of a CronJob the newest run has failed. One that went well makes up for it: it is kept as a Job, or the CronJob tells of it. */
export const cronJobFailed: Rule<"cron-job-failed"> = {
  code: "cron-job-failed",
  scope: "environment",
  severity: "warn",
  needs: ["workloads", "cronJobs"],
  remedies: ["check-again"],
  check: ({ here: { workloads, cronJobs } }) =>
    lastRuns(workloads.known ? workloads.value : []).flatMap((job): Found<"cron-job-failed">[] => {
      const end = jobEnd(job);
      if (!end || !job.owner) return [];
      const { kind, name, uid } = job.owner;
      const made = cronJobs.known ? cronJobs.value.find((each) => each.uid === uid) : undefined;
      const failedAt = end.since ?? job.createdAt;
      // Where successfulJobsHistoryLimit is 0, the CronJob alone remembers it.
      if (failedAt && made?.lastSuccess && made.lastSuccess > failedAt) return [];
      const subject = subjectOf({ kind, namespace: job.namespace, name });
      return [{ subject, ...end, params: { ...end.params, cronJob: name } }];
    }),
};

/** Of each CronJob the newest Job that has come to an end. */
function lastRuns(workloads: readonly Workload[]): Workload[] {
  const ended = workloads
    .filter(({ owner, deleting }) => owner?.kind === "CronJob" && !deleting)
    .filter((job) => job.conditions.Complete?.status === "True" || jobEnd(job))
    .toSorted((a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0));
  return [...new Map(ended.map((job) => [job.owner?.uid, job])).values()];
}
