import type { Octokit } from "@octokit/rest";
import type { CommitFile, RepositoryName } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import { findRootCommit } from "./find-root-commit.ts";
import { isStatus } from "./is-status.ts";
import { moveBranch } from "./move-branch.ts";
import { toTreeEntry } from "./to-tree-entry.ts";
import { type Sleep, untilReady } from "./until-ready.ts";

/** Message of the commit that GitHub makes for `auto_init`. */
const GITHUB_S_OWN = "Initial commit";

/**
 * Makes `files` the one commit of the branch: blobs → tree → commit without parents → the branch's ref, forced.
 * May be called again at any time: a branch that begins with our commit is left as it is, whoever pushed on top;
 * a branch that begins with somebody else's is never rewritten.
 *
 * A ref moved through the API is a push like any other and starts `on: push` workflows, unless it was moved with a
 * workflow's own GITHUB_TOKEN: https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow#triggering-a-workflow-from-a-workflow
 */
export async function pushFirstCommit(
  octokit: Octokit,
  at: RepositoryName,
  wanted: { branch: string; message: string; files: CommitFile[] },
  sleep: Sleep,
): Promise<{ sha: string }> {
  const repo = { owner: at.owner, repo: at.name };
  const tree = await createTree(octokit, at, wanted.files, sleep);
  const root = await findRootCommit(octokit, at, wanted.branch);
  if (root?.tree === tree && root.message.trim() === wanted.message.trim()) return { sha: root.sha };
  if (root && (root.hasChildren || ![GITHUB_S_OWN, wanted.message.trim()].includes(root.message.trim()))) {
    throw new Problem("push-rejected", {
      destiny: { kind: "person" },
      params: { rule: "the branch has commits that are not ours" },
      evidence: `${wanted.branch} begins with ${root.sha.slice(0, 7)}, which is not the template`,
    });
  }

  const commit = await untilReady(sleep, () =>
    octokit.rest.git.createCommit({ ...repo, message: wanted.message, tree, parents: [] }),
  );
  await moveBranch(octokit, at, { branch: wanted.branch, exists: root !== undefined, sha: commit.data.sha }, sleep);
  return { sha: commit.data.sha };
}

/** Objects are named by their content, so a tree made twice is one tree. */
async function createTree(octokit: Octokit, at: RepositoryName, files: CommitFile[], sleep: Sleep): Promise<string> {
  const entries: Awaited<ReturnType<typeof toTreeEntry>>[] = [];
  for (const file of files) entries.push(await toTreeEntry(octokit, at, file, sleep));
  try {
    const answer = await untilReady(sleep, () =>
      octokit.rest.git.createTree({ owner: at.owner, repo: at.name, tree: entries }),
    );
    return answer.data.sha;
  } catch (error) {
    throw (await workflowsMissing(octokit, at, files, error)) ?? error;
  }
}

/** A token without the right to workflows gets 404 for a tree that holds one: https://github.com/octokit/rest.js/issues/368 */
async function workflowsMissing(octokit: Octokit, at: RepositoryName, files: CommitFile[], error: unknown) {
  const refused =
    isStatus(error, 403) || (error instanceof Problem && error.code === "repo-not-ready" && isStatus(error.cause, 404));
  const workflow = files.find((file) => file.path.startsWith(".github/workflows/"));
  if (!refused || !workflow) return undefined;
  try {
    await octokit.rest.git.createTree({
      owner: at.owner,
      repo: at.name,
      tree: [{ path: "README.md", mode: "100644", type: "blob", content: "" }],
    });
  } catch {
    return undefined;
  }
  return new Problem("github-permission-missing", {
    destiny: { kind: "person" },
    params: {
      permission: "Workflows (write); of a classic token the scope workflow",
      where: "the App's or token's page",
    },
    evidence: `a tree with ${workflow.path} was refused, one without it was not`,
    cause: error,
  });
}
