import type { KubeObject } from "./ports/cluster.ts";
import type { Commit, Whereabouts, WorkflowJob, WorkflowRun } from "./ports/github.ts";
import type { ProbeResult } from "./ports/probes.ts";
import type { Environment } from "./project.ts";
import type { Read } from "./read.ts";

/** One project as it was at one moment, read from everywhere. What could not be read says why. */
export interface Snapshot {
  at: Date;
  /** Undefined: none is recorded yet. */
  repository: Read<Whereabouts | undefined>;
  /** Newest commit of the default branch. */
  head: Read<Commit | undefined>;
  /** Newest first, of the launch's or the head's commit. */
  runs: Read<WorkflowRun[]>;
  /** Jobs of the newest run. */
  jobs: Read<WorkflowJob[]>;
  /** Of the newest run, where it failed: the job, its step and last lines, secrets masked. */
  failure: Read<BuildFailure | undefined>;
  /** Is the image of this commit in the registry? Keys are tags. */
  images: Record<string, Read<boolean>>;
  environments: EnvironmentSnapshot[];
}

export interface BuildFailure {
  job: string;
  step: string;
  lines: string[];
}

export interface EnvironmentSnapshot {
  environment: Environment;
  namespace: Read<KubeObject | undefined>;
  source: Read<KubeObject | undefined>;
  kustomization: Read<KubeObject | undefined>;
  deployments: Read<KubeObject[]>;
  pods: Read<KubeObject[]>;
  services: Read<KubeObject[]>;
  ingresses: Read<KubeObject[]>;
  certificates: Read<KubeObject[]>;
  /** Only while a certificate is not ready. */
  challenges: Read<KubeObject[]>;
  /** Warnings about the source, only while it is not ready. */
  sourceEvents: Read<KubeObject[]>;
  /** Of the node's provider: `tencent`, `alibaba`, `aws`, `google`, `azure`, `hetzner`; empty where nothing tells. */
  cloud: string;
  /** One look from each vantage, once there is a route to look at. */
  probes: ProbeResult[];
}
