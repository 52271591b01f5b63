import type { Hub } from "../hub.ts";
import type { BlobStore } from "../registry/blob-store.ts";
import type { RuntimeFile } from "../registry/runtime-files.ts";
import type { Repository, Run } from "../state.ts";
import type { Groups } from "./create-groups.ts";
import type { WorkflowFile } from "./workflow-file.ts";

/** What a simulated build pushes: the tiny image, an image of a given layer, or what a real builder makes. */
export interface BuildOptions {
  imageLayer?: string | undefined;
  imageEntrypoint?: string[] | undefined;
  imageRuntime?: RuntimeFile[] | undefined;
  /** Run as `build <context> <image>`. */
  build?: string | undefined;
}

export interface RunContext {
  hub: Hub;
  blobs: BlobStore;
  options: BuildOptions;
  repository: Repository;
  run: Run;
  file: WorkflowFile;
  /** The bare repository. */
  directory: string;
  signal: AbortSignal;
  groups: Groups;
  /** Resolves with the reviewers' word. */
  reviewed(environment: string): Promise<boolean>;
}
