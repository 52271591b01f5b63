import { z } from "zod";
import type { KubeObject } from "../project/ports/cluster.ts";
import { type Identity, identityOf } from "./identity.ts";

export interface CronJob extends Identity {
  /** When the newest run that went well came to its end; told also of one that is not kept. */
  lastSuccess: Date | undefined;
}

const shape = z.object({ status: z.object({ lastSuccessfulTime: z.string().optional() }).prefault({}) });

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/#CronJobStatus */
export function cronJobOf(object: KubeObject): CronJob {
  const { lastSuccessfulTime } = shape.parse(object).status;
  return {
    ...identityOf(object),
    lastSuccess: lastSuccessfulTime === undefined ? undefined : new Date(lastSuccessfulTime),
  };
}
