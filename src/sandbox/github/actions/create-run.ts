import { gitDirectory } from "../git/git-directory.ts";
import { type Person, readCommits } from "../git/read-commits.ts";
import { objectType } from "../git/read-object.ts";
import type { Hub } from "../hub.ts";
import type { Repository, Run } from "../state.ts";
import { announceRun } from "../webhooks/announce-run.ts";
import { endRun } from "./end-run.ts";
import type { LoadedWorkflow } from "./load-workflows.ts";
import type { WorkflowFile } from "./workflow-file.ts";

/** Makes a run, tells of it and sets it going. A file that cannot be read as a workflow fails at once and has no jobs. */
export async function createRun(
  hub: Hub,
  repository: Repository,
  { workflow, file }: LoadedWorkflow,
  cause: Pick<Run, "event" | "ref" | "headBranch" | "headSha" | "actor" | "inputs">,
): Promise<Run> {
  const now = hub.now();
  workflow.runs += 1;
  const [commit] = await readCommits(gitDirectory(hub, repository), [cause.headSha], ["-1"]);
  const run: Run = {
    id: hub.nextId(),
    repositoryId: repository.id,
    workflowId: workflow.id,
    checkSuiteId: hub.nextId(),
    number: workflow.runs,
    attempt: 1,
    status: "queued",
    conclusion: null,
    planned: hub.faults.endRun,
    title: cause.event === "push" ? (commit?.message.split("\n")[0] ?? workflow.name) : workflow.name,
    head: {
      tree: commit?.tree ?? "",
      message: commit?.message ?? "",
      timestamp: commit?.committer.date ?? now,
      author: nameAndEmail(commit?.author),
      committer: nameAndEmail(commit?.committer),
    },
    triggeringActor: cause.actor,
    createdAt: now,
    updatedAt: now,
    startedAt: now,
    ...cause,
  };
  hub.faults.endRun = null;
  hub.state.runs.unshift(run);
  announceRun(hub, run, "requested");
  if (file === null) endRun(hub, run, "failure");
  else if (await callsNothing(hub, repository, file, cause.headSha)) endRun(hub, run, "startup_failure");
  else hub.actions.start(run, "all", file);
  return run;
}

/** A workflow that calls one which is not there never starts. https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows */
async function callsNothing(hub: Hub, repository: Repository, file: WorkflowFile, sha: string): Promise<boolean> {
  const local = Object.values(file.jobs).flatMap(({ uses }) => (uses?.startsWith("./") ? [uses.slice(2)] : []));
  const types = await Promise.all(local.map((path) => objectType(gitDirectory(hub, repository), `${sha}:${path}`)));
  return types.some((type) => type !== "blob");
}

function nameAndEmail(person: Person | undefined) {
  return { name: person?.name ?? "", email: person?.email ?? "" };
}
