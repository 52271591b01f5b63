import type { Identity } from "../facts/identity.ts";
import type { Workload } from "../facts/workload.ts";

/** Of a CronJob's run it is the CronJob, which nothing waits for: runs come and go. */
export function starterOf({ kind, namespace, name, owner }: Workload): Pick<Identity, "kind" | "namespace" | "name"> {
  return owner?.kind === "CronJob" ? { kind: owner.kind, namespace, name: owner.name } : { kind, namespace, name };
}
