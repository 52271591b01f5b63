import { gitDirectory } from "../git/git-directory.ts";
import type { Hub } from "../hub.ts";
import type { BlobStore } from "../registry/blob-store.ts";
import type { Run } from "../state.ts";
import { loadWorkflows } from "./load-workflows.ts";
import { runWorkflow } from "./run-workflow.ts";

/** What a simulated build pushes: the tiny image, an image of a given layer, or what a real builder makes. */
export interface BuildOptions {
  imageLayer?: string | undefined;
  imageEntrypoint?: string[] | undefined;
  /** Run as `build <context> <image>`. */
  build?: string | undefined;
}

export interface Actions {
  start(run: Run, which: "all" | "failed"): void;
  cancel(run: Run): void;
}

/** Runs workflow runs in the background, each until it ends or is cancelled. */
export function createActions(hub: Hub, blobs: BlobStore, options: BuildOptions): Actions {
  const running = new Map<number, AbortController>();
  return {
    start(run, which) {
      const controller = new AbortController();
      running.set(run.id, controller);
      hub.background(async (closing) => {
        const repository = hub.state.repositories.find((one) => one.id === run.repositoryId);
        const loaded = repository ? await loadWorkflows(hub, repository, run.headSha) : [];
        const file = loaded.find((one) => one.workflow.id === run.workflowId)?.file;
        if (!repository || !file) return;
        const directory = gitDirectory(hub, repository);
        const signal = AbortSignal.any([closing, controller.signal]);
        await runWorkflow({ hub, blobs, options, repository, run, file, directory, signal }, which);
        if (running.get(run.id) === controller) running.delete(run.id);
      });
    },
    cancel(run) {
      running.get(run.id)?.abort(new Error("cancelled"));
    },
  };
}
