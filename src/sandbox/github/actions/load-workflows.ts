import { gitDirectory } from "../git/git-directory.ts";
import { objectType, readBlob } from "../git/read-object.ts";
import { readTree } from "../git/read-tree.ts";
import type { Hub } from "../hub.ts";
import type { Repository, Workflow } from "../state.ts";
import { parseWorkflow, type WorkflowFile } from "./workflow-file.ts";

export interface LoadedWorkflow {
  workflow: Workflow;
  /** null: the file is no workflow. */
  file: WorkflowFile | null;
}

const FOLDER = ".github/workflows";

/** The workflow files of a commit. Those not seen before become known to the repository. */
export async function loadWorkflows(hub: Hub, repository: Repository, commit: string): Promise<LoadedWorkflow[]> {
  const directory = gitDirectory(hub, repository);
  if ((await objectType(directory, `${commit}:${FOLDER}`)) !== "tree") return [];
  const entries = await readTree(directory, `${commit}:${FOLDER}`, false);
  const loaded: LoadedWorkflow[] = [];
  for (const entry of entries) {
    if (entry.type !== "blob" || !/\.ya?ml$/.test(entry.path)) continue;
    const file = parse((await readBlob(directory, entry.sha)).toString());
    loaded.push({ workflow: remember(hub, repository, `${FOLDER}/${entry.path}`, file?.name), file });
  }
  return loaded;
}

function parse(text: string): WorkflowFile | null {
  try {
    return parseWorkflow(text);
  } catch {
    return null;
  }
}

function remember(hub: Hub, repository: Repository, path: string, name: string | undefined): Workflow {
  const known = hub.state.workflows.find(
    (workflow) => workflow.repositoryId === repository.id && workflow.path === path,
  );
  if (known) {
    known.name = name ?? known.name;
    return known;
  }
  const now = hub.now();
  const workflow: Workflow = {
    id: hub.nextId(),
    repositoryId: repository.id,
    name: name ?? path,
    path,
    state: "active",
    createdAt: now,
    updatedAt: now,
    runs: 0,
  };
  hub.state.workflows.push(workflow);
  return workflow;
}
