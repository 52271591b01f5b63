import { gitDirectory } from "../git/git-directory.ts";
import type { Hub } from "../hub.ts";
import type { BlobStore } from "../registry/blob-store.ts";
import type { Repository, Run } from "../state.ts";
import type { Actions } from "./actions.ts";
import { createGroups } from "./create-groups.ts";
import { endRun } from "./end-run.ts";
import { loadWorkflows } from "./load-workflows.ts";
import type { BuildOptions, RunContext } from "./run-context.ts";
import { runWorkflow } from "./run-workflow.ts";
import { workflowScope } from "./scope.ts";
import { takeTurn } from "./take-turn.ts";
import type { WorkflowFile } from "./workflow-file.ts";

/** Runs workflow runs in the background, each until it ends or is cancelled. */
export function createActions(hub: Hub, blobs: BlobStore, options: BuildOptions): Actions {
  const running = new Map<number, AbortController>();
  const reviews = new Map<string, PromiseWithResolvers<boolean>>();
  const groups = createGroups();
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
        const reviewed = (environment: string) => reviewOf(run, environment).promise;
        const shared = { hub, blobs, options, repository, run, file, directory, signal, groups, reviewed };
        try {
          await takeItsTurn(shared, which, () => controller.abort(new Error("cancelled")));
        } catch (error) {
          // A repository that is deleted takes its runs along, wherever they are.
          if (hub.state.repositories.includes(repository)) throw error;
        }
        if (running.get(run.id) === controller) running.delete(run.id);
      });
    },
    cancel(run) {
      running.get(run.id)?.abort(new Error("cancelled"));
    },
    review(run, environment, approved) {
      reviewOf(run, environment).resolve(approved);
    },
  };

  function reviewOf(run: Run, environment: string): PromiseWithResolvers<boolean> {
    const key = `${run.id}/${run.attempt}/${environment}`;
    const known = reviews.get(key) ?? Promise.withResolvers<boolean>();
    reviews.set(key, known);
    return known;
  }
}

/** A run that is cancelled before its turn has no jobs. */
async function takeItsTurn(context: RunContext, which: "all" | "failed", cancel: () => void): Promise<void> {
  const { hub, run, file } = context;
  const scope = workflowScope(context, new Map(), {}, { success: true, failure: false, cancelled: false });
  const waits = () => Object.assign(run, { status: "pending", updatedAt: hub.now() });
  let leave = () => {};
  try {
    leave = await takeTurn(context, file.concurrency, scope, { waits, displace: cancel });
  } catch {
    // An expression that cannot be evaluated is found before any job is.
    if (!hub.closing.aborted) endRun(hub, run, context.signal.aborted ? "cancelled" : "startup_failure");
    return;
  }
  try {
    await runWorkflow(context, which);
  } finally {
    leave();
  }
}

async function fileOf(hub: Hub, repository: Repository, run: Run): Promise<WorkflowFile | null> {
  const loaded = await loadWorkflows(hub, repository, run.headSha);
  return loaded.find((one) => one.workflow.id === run.workflowId)?.file ?? null;
}
