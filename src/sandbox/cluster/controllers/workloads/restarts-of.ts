import { z } from "zod";
import type { KubeObject } from "../../store.ts";

const Counts = z.array(z.looseObject({ restartCount: z.number().default(0) })).default([]);
const Pod = z.looseObject({
  status: z.looseObject({ initContainerStatuses: Counts, containerStatuses: Counts }),
});

/** How often its containers were started again, all of them together. */
export function restartsOf(pod: KubeObject): number {
  const parsed = Pod.safeParse(pod);
  if (!parsed.success) {
    return 0;
  }
  const { initContainerStatuses, containerStatuses } = parsed.data.status;
  return [...initContainerStatuses, ...containerStatuses].reduce((sum, { restartCount }) => sum + restartCount, 0);
}
