import { z } from "zod";

export const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "Job"] as const;
export type WorkloadKind = (typeof WORKLOADS)[number];

const count = z.number().default(0);
const container = z.object({
  name: z.string(),
  image: z.string().default(""),
  restartPolicy: z.string().optional(),
  ports: z.array(z.object({ name: z.string().optional(), containerPort: z.number() })).default([]),
});

/** What is read of a workload of any kind; what a kind does not have is as it is by default. */
export const workloadShape = z.object({
  kind: z.enum(WORKLOADS),
  spec: z
    .object({
      replicas: z.number().default(1),
      paused: z.boolean().default(false),
      completions: z.number().nullish(),
      suspend: z.boolean().default(false),
      selector: z.object({ matchLabels: z.record(z.string(), z.string()).default({}) }).prefault({}),
      updateStrategy: z
        .object({
          type: z.string().default("RollingUpdate"),
          rollingUpdate: z.object({ partition: count }).nullish(),
        })
        .prefault({}),
      ordinals: z.object({ start: count }).nullish(),
      template: z
        .object({
          spec: z
            .object({ containers: z.array(container).default([]), initContainers: z.array(container).default([]) })
            .prefault({}),
        })
        .prefault({}),
    })
    .prefault({}),
  status: z
    .object({
      observedGeneration: count,
      replicas: count,
      readyReplicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      updateRevision: z.string().optional(),
      desiredNumberScheduled: count,
      currentNumberScheduled: count,
      updatedNumberScheduled: count,
      numberReady: count,
      numberAvailable: count,
      succeeded: count,
      failed: count,
      active: count,
      ready: count,
      startTime: z.string().optional(),
    })
    .prefault({}),
});

export type WorkloadShape = z.output<typeof workloadShape>;
