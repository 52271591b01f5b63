import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import { PodTemplate } from "./pod-template.ts";

const Job = z.looseObject({
  spec: z.looseObject({
    completions: z.number().nullish(),
    parallelism: z.number().default(1),
    backoffLimit: z.number().default(6),
    completionMode: z.string().default("NonIndexed"),
    activeDeadlineSeconds: z.number().optional(),
    ttlSecondsAfterFinished: z.number().optional(),
    suspend: z.boolean().default(false),
    template: PodTemplate,
  }),
  status: z
    .looseObject({
      startTime: z.string().optional(),
      completionTime: z.string().optional(),
      succeeded: z.number().default(0),
      failed: z.number().default(0),
    })
    .default({ succeeded: 0, failed: 0 }),
});

export type Job = z.infer<typeof Job>;

export function parseJob(object: KubeObject): Job {
  return Job.parse(object);
}
