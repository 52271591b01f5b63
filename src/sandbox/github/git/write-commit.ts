import type { Person } from "./read-commits.ts";
import { runGit } from "./run-git.ts";

/** Writes a commit object and gives its sha; no ref moves. */
export async function writeCommit(
  directory: string,
  commit: { tree: string; parents: readonly string[]; message: string; author: Person; committer: Person },
): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ["-p", parent]);
  const out = await runGit(directory, ["commit-tree", commit.tree, ...parents], {
    input: commit.message,
    env: {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: commit.author.date,
      GIT_COMMITTER_NAME: commit.committer.name,
      GIT_COMMITTER_EMAIL: commit.committer.email,
      GIT_COMMITTER_DATE: commit.committer.date,
    },
  });
  return out.toString().trim();
}
