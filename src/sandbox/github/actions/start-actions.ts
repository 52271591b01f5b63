import { gitDirectory } from "../git/git-directory.ts";
import type { Hub } from "../hub.ts";
import type { BlobStore } from "../registry/blob-store.ts";
import type { Repository, Run } from "../state.ts";
import type { Actions } from "./actions.ts";
import { loadWorkflows } from "./load-workflows.ts";
import type { BuildOptions } from "./run-context.ts";
import { runWorkflow } from "./run-workflow.ts";
import type { WorkflowFile } from "./workflow-file.ts";

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
