import { z } from "zod";
import { projectSpec } from "./spec.ts";
import { projectStatus } from "./status.ts";

/**
 * The `Project` resource (slipway.dev/v1alpha1): the state of everything Slipway does.
 * manifests/base/crd.yaml is its structural schema; a test holds the two against each other.
 */
export const projectResource = z.object({
  apiVersion: z.literal("slipway.dev/v1alpha1"),
  kind: z.literal("Project"),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    generation: z.number().optional(),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: projectSpec,
  status: projectStatus.prefault({}),
});

export type Project = z.output<typeof projectResource>;
export type ProjectSpec = Project["spec"];
export type ProjectStatus = Project["status"];
export type Environment = ProjectSpec["environments"][number];
export type Phase = ProjectStatus["phase"];
export type LedgerEntry = ProjectStatus["ledger"][number];
export type Build = ProjectStatus["builds"][number];
export type BuildJob = Build["jobs"][number];
export type StageStatus = ProjectStatus["stages"][number];
export type Deploy = ProjectStatus["deploys"][number];
export type FindingStatus = ProjectStatus["findings"][number];
export type MessageRecord = ProjectStatus["messages"][string];
export type EnvironmentStatus = ProjectStatus["environments"][number];
export type Now = NonNullable<EnvironmentStatus["now"]>;
export type Condition = ProjectStatus["conditions"][number];
