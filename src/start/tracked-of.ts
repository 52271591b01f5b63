import { z } from "zod";
import type { Tracked } from "../cron/job.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import { projectStatus } from "../project/status.ts";

const { phase, deploys, repository } = projectStatus.shape;
const tracked = z.object({
  metadata: z.object({ name: z.string() }),
  status: z
    .object({
      phase,
      deploys: z.array(deploys.unwrap().element.pick({ state: true })).default([]),
      repository: repository.unwrap().pick({ hookPinged: true }).optional(),
    })
    .prefault({}),
});

/** Projects as the watch has them, for what is done by the clock. One that says something else is left to its own look. */
export function trackedOf(projects: Iterable<KubeObject>): Tracked[] {
  return [...projects].flatMap((each) => tracked.safeParse(each).data ?? []);
}
