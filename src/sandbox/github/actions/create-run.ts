import { gitDirectory } from "../git/git-directory.ts";
import { type Person, readCommits } from "../git/read-commits.ts";
import type { Hub } from "../hub.ts";
import type { Repository, Run } from "../state.ts";
import { announceRun } from "../webhooks/announce-run.ts";
import type { LoadedWorkflow } from "./load-workflows.ts";

/** Makes a run, tells of it and sets it going. */
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
  hub.state.runs.unshift(run);
  announceRun(hub, run, "requested");
  if (file) hub.actions.start(run, "all", file);
  else {
    // A file that cannot be read as a workflow fails at once and has no jobs.
    Object.assign(run, { status: "completed", conclusion: "failure", updatedAt: hub.now() });
    announceRun(hub, run, "completed");
  }
  return run;
}

function nameAndEmail(person: Person | undefined) {
  return { name: person?.name ?? "", email: person?.email ?? "" };
}
