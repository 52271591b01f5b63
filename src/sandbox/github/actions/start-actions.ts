import { gitDirectory } from "../git/git-directory.ts";
import type { Hub } from "../hub.ts";
import type { BlobStore } from "../registry/blob-store.ts";
import type { Repository, Run } from "../state.ts";
import { loadWorkflows } from "./load-workflows.ts";
import { runWorkflow } from "./run-workflow.ts";
import type { WorkflowFile } from "./workflow-file.ts";

/** What a simulated build pushes: the tiny image, an image of a given layer, or what a real builder makes. */
export interface BuildOptions {
  imageLayer?: string | undefined;
  imageEntrypoint?: string[] | undefined;
  /** Run as `build <context> <image>`. */
  build?: string | undefined;
}

export interface Actions {
  /** `file` is the workflow as it is at the run's commit; without it, it is read again. */
  start(run: Run, which: "all" | "failed", file?: WorkflowFile): void;
  cancel(run: Run): void;
}

/** Runs workflow runs in the background, each until it ends or is cancelled. */
export function createActions(hub: Hub, blobs: BlobStore, options: BuildOptions): Actions {
  const running = new Map<number, AbortController>();
  return {
    start(run, which, given) {
      const controller = new AbortController();
      running.set(run.id, controller);
      hub.background(async (closing) => {
        const repository = hub.state.repositories.find((one) => one.id === run.repositoryId);
        const file = repository && (given ?? (await fileOf(hub, repository, run)));
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

async function fileOf(hub: Hub, repository: Repository, run: Run): Promise<WorkflowFile | null> {
  const loaded = await loadWorkflows(hub, repository, run.headSha);
  return loaded.find((one) => one.workflow.id === run.workflowId)?.file ?? null;
}
