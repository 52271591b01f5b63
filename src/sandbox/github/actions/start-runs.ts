import { gitDirectory } from "../git/git-directory.ts";
import { readCommits } from "../git/read-commits.ts";
import { runGit } from "../git/run-git.ts";
import { type Hub, NO_COMMIT, type RefChange } from "../hub.ts";
import { createRun } from "./create-run.ts";
import { loadWorkflows } from "./load-workflows.ts";
import { wantsPush } from "./match-ref.ts";
import { skipsChecks } from "./skips-checks.ts";

/** Starts what a push asks for. */
export async function startRuns(hub: Hub, change: RefChange): Promise<void> {
  const { repository, ref, before, after, actor } = change;
  if (after === NO_COMMIT || change.byWorkflow || !/^refs\/(heads|tags)\//.test(ref)) return;
  const loaded = await loadWorkflows(hub, repository, after);
  if (!repository.actions.enabled || loaded.length === 0) return;
  const directory = gitDirectory(hub, repository);
  const [head] = await readCommits(directory, [after], ["-1"]);
  if (head && skipsChecks(head.message)) return;
  const changed = await changedPaths(directory, before, after);
  for (const one of loaded) {
    if (one.workflow.state !== "active") continue;
    const wanted = one.file === null || wantsPush(one.file, ref, changed);
    if (!wanted) continue;
    const headBranch = ref.replace(/^refs\/(heads|tags)\//, "");
    await createRun(hub, repository, one, { event: "push", ref, headBranch, headSha: after, actor, inputs: {} });
  }
}

async function changedPaths(directory: string, before: string, after: string): Promise<string[]> {
  const args =
    before === NO_COMMIT ? ["ls-tree", "-r", "-z", "--name-only", after] : ["diff", "--name-only", "-z", before, after];
  return (await runGit(directory, args)).toString().split("\0").filter(Boolean);
}
