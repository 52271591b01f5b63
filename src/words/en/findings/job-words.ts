import type { Params } from "../../../project/params.ts";

/** What is said otherwise where a container is a Job's, or one of a CronJob's runs: nobody is served by it, and it is not rolled out. */
export const jobWords = {
  /** `Job migrate`; undefined: it is neither. */
  of: ({ kind, workload }: Params) => (kind === "Job" || kind === "CronJob" ? `${kind} ${workload}` : undefined),
  impact: (p: Params) => `The work of the ${jobWords.of(p)} is not done.`,
  /** A Job's template cannot be changed: https://kubernetes.io/docs/concepts/workloads/controllers/job/#mutable-scheduling-directives */
  first: ({ kind, workload, namespace }: Params) =>
    kind === "Job"
      ? ` A Job cannot be changed once it exists. Delete it and Flux creates it again: kubectl -n ${namespace} delete job ${workload}.`
      : "",
};
