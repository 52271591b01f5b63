import { waitingJobs } from "../facts/waiting-jobs.ts";
import type { Workload } from "../facts/workload.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Ports } from "../project/ports/ports.ts";
import { known, type Read } from "../project/read.ts";
import type { Reader } from "./create-reader.ts";

/** What Jobs wait for only their pods tell, and those do not bear our label: they are asked for by the Job's own selector. */
export async function podsOfJobs(
  workloads: Read<Workload[]>,
  { cluster, clock }: Pick<Ports, "cluster" | "clock">,
  read: Reader,
): Promise<Read<KubeObject[]>> {
  const now = clock.now();
  const waiting = waitingJobs(workloads.known ? workloads.value : []).filter(
    // Without a selector it would be every pod there is.
    ({ askFrom, selector }) => askFrom <= now && Object.keys(selector).length > 0,
  );
  const lists = await Promise.all(
    waiting.map(({ namespace, selector }) => read(() => cluster.list("v1", "Pod", { namespace, labels: selector }))),
  );
  return lists.find((each) => !each.known) ?? known(lists.flatMap((each) => (each.known ? each.value : [])));
}
