import { steadyText } from "../facts/steady-text.ts";
import type { Workload } from "../facts/workload.ts";
import { shorten } from "../project/shorten.ts";
import type { Found } from "./rule.ts";

/** How a Job has failed; undefined: it is none, or may yet end well. https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions */
export function jobEnd({
  kind,
  name,
  namespace,
  conditions,
  deleting,
}: Workload): Omit<Found<"job-failed">, "subject"> | undefined {
  const { Failed } = conditions;
  if (kind !== "Job" || Failed?.status !== "True" || deleting) return undefined;
  return {
    evidence: shorten(steadyText(Failed.message || Failed.reason)),
    seenFrom: "cluster",
    params: { workload: name, namespace, reason: Failed.reason },
    ...(Failed.since ? { since: Failed.since } : {}),
  };
}
