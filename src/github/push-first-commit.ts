import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { CommitFile, RepositoryName } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import { advanceBranch } from "./advance-branch.ts";
import { isStatus } from "./is-status.ts";
import { parseAnswer } from "./parse-answer.ts";
import { type Beginning, type FirstCommit, readBeginning } from "./read-beginning.ts";
import { toTreeEntry } from "./to-tree-entry.ts";
import { type Sleep, untilReady } from "./until-ready.ts";

const GitObject = z.object({ sha: z.string() });

/** What GitHub calls the commit that it makes for `auto_init`, with a README.md in it. */
const GITHUB_S_OWN = "Initial commit";

/**
 * Makes `files` the branch's next commit after GitHub's own first: blobs → tree → commit → the branch's ref, never forced.
 * May be called again at any time: a branch that begins with our commit is left as it is, whoever pushed on top; one that
 * begins with somebody else's gets nothing from us.
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
  const { branch, message } = wanted;
  const tree = await createTree(octokit, at, wanted.files, sleep);
  const beginning = await readBeginning(octokit, at, branch, sleep);
  const { head, oldest } = beginning;
  const ours = [head, ...oldest].find((each) => each.tree === tree && says(each, message));
  if (ours) return { sha: ours.sha };
  if (!(await mayGoOn(octokit, at, beginning, message))) {
    throw new Problem("push-rejected", {
      destiny: { kind: "person" },
      params: { branch },
      evidence: `${branch} is at ${head.sha.slice(0, 7)}, which is not the template`,
    });
  }

  const parents = [head.sha];
  const made = await untilReady(sleep, () =>
    octokit.rest.git.createCommit({ owner: at.owner, repo: at.name, message, tree, parents }),
  );
  const { sha } = parseAnswer(GitObject, made.data);
  await advanceBranch(octokit, at, { branch, sha }, sleep);
  return { sha };
}

/** Nobody but GitHub and we have written to it: we in an earlier try, of a template that has changed since. */
async function mayGoOn(octokit: Octokit, at: RepositoryName, { oldest, whole }: Beginning, message: string) {
  const [root, ...later] = oldest;
  if (!whole || !root || !later.every((each) => says(each, message))) return false;
  if (says(root, message)) return true;
  if (!says(root, GITHUB_S_OWN)) return false;
  // People call theirs the same.
  const { data } = await octokit.rest.git.getTree({ owner: at.owner, repo: at.name, tree_sha: root.tree });
  return data.tree.every(({ path }) => path === "README.md");
}

function says(commit: FirstCommit, words: string): boolean {
  return commit.message.trim() === words.trim();
}

/** Objects are named by their content, so a tree made twice is one tree. */
async function createTree(octokit: Octokit, at: RepositoryName, files: CommitFile[], sleep: Sleep): Promise<string> {
  const entries: Awaited<ReturnType<typeof toTreeEntry>>[] = [];
  for (const file of files) entries.push(await toTreeEntry(octokit, at, file, sleep));
  try {
    const answer = await untilReady(sleep, () =>
      octokit.rest.git.createTree({ owner: at.owner, repo: at.name, tree: entries }),
    );
    return parseAnswer(GitObject, answer.data).sha;
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
      permission: "Workflows (write)",
      scope: "workflow",
      where: "token-page",
    },
    evidence: `a tree with ${workflow.path} was refused, one without it was not`,
    cause: error,
  });
}
