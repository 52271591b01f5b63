import type { Commit, Manifests, Whereabouts, WorkflowJob, WorkflowState } from "../project/ports/github.ts";
import type { Read } from "../project/read.ts";
import type { Build } from "./build.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";
import type { Lineage } from "./lineage.ts";
import type { Webhook } from "./webhook.ts";

/** One project as it was at one moment, read from everywhere. What could not be read says why. */
export interface Facts {
  at: Date;
  /** Undefined: none is recorded yet. */
  repository: Read<Whereabouts | undefined>;
  /** Undefined: no webhook of ours is recorded. */
  webhook: Read<Webhook | undefined>;
  /** Slack id of who wrote `head`, where that is a new one. */
  author: Read<string | undefined>;
  /** Newest commit of the default branch. */
  head: Read<Commit | undefined>;
  /**
   * By commit, of those that environments are pinned to and were not given yet, and by tag, of those whose commit nobody here
   * remembers; undefined: the repository has no such commit.
   */
  pinned: Readonly<Record<string, Read<Commit | undefined>>>;
  /** By commit, of those that somebody waits for, and of pins that have no image: what the workflow that makes the image made of it. */
  builds: Readonly<Record<string, Read<Build>>>;
  /** Of the workflow that makes the image, looked at only where no run of it is to be seen. */
  workflow: Read<WorkflowState | undefined>;
  /** Of the commit that is waited for, where it has no image of its own and an older one may do. */
  lineage: Read<Lineage | undefined>;
  /** By commit: the tree that Flux would apply. */
  manifests: Readonly<Record<string, Read<Manifests | undefined>>>;
  /** Of the build that is waited for. */
  jobs: Read<WorkflowJob[]>;
  /** Of that build, where it failed: the job, its step and last lines, secrets masked. */
  failure: Read<BuildFailure | undefined>;
  /** Is the image of this commit in the registry? Keys are tags. */
  images: Readonly<Record<string, Read<boolean>>>;
  environments: EnvironmentFacts[];
}

export interface BuildFailure {
  job: string;
  step: string;
  lines: string[];
}
