import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import { PodTemplate } from "./pod-template.ts";

const StatefulSet = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().default(1),
    serviceName: z.string().optional(),
    podManagementPolicy: z.string().default("OrderedReady"),
    revisionHistoryLimit: z.number().default(10),
    ordinals: z.looseObject({ start: z.number().default(0) }).default({ start: 0 }),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }),
    updateStrategy: z
      .looseObject({
        type: z.string().default("RollingUpdate"),
        rollingUpdate: z.looseObject({ partition: z.number().default(0) }).nullish(),
      })
      .default({ type: "RollingUpdate" }),
    template: PodTemplate,
    volumeClaimTemplates: z
      .array(z.looseObject({ metadata: z.looseObject({ name: z.string() }), spec: z.unknown() }))
      .default([]),
  }),
  status: z.looseObject({ currentRevision: z.string().optional() }).default({}),
});

export type StatefulSet = z.infer<typeof StatefulSet>;

export function parseStatefulSet(object: KubeObject): StatefulSet {
  return StatefulSet.parse(object);
}
