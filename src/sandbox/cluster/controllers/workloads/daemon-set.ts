import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import { PodTemplate } from "./pod-template.ts";

const DaemonSet = z.looseObject({
  spec: z.looseObject({
    revisionHistoryLimit: z.number().default(10),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }),
    updateStrategy: z
      .looseObject({
        type: z.string().default("RollingUpdate"),
        rollingUpdate: z.looseObject({ maxSurge: z.union([z.number(), z.string()]).default(0) }).nullish(),
      })
      .default({ type: "RollingUpdate" }),
    template: PodTemplate,
  }),
});

export type DaemonSet = z.infer<typeof DaemonSet>;

export function parseDaemonSet(object: KubeObject): DaemonSet {
  return DaemonSet.parse(object);
}
