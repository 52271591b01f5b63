import { gitDirectory } from "./git/git-directory.ts";
import { type Commit, type Person, readCommits } from "./git/read-commits.ts";
import { resolveCommit } from "./git/read-object.ts";
import { runGit } from "./git/run-git.ts";
import { writeBlobs } from "./git/write-blobs.ts";
import { writeCommit } from "./git/write-commit.ts";
import { writeTree } from "./git/write-tree.ts";
import { type Hub, NO_COMMIT } from "./hub.ts";
import type { Repository } from "./state.ts";

/** One commit on a branch that puts (or, with null, removes) files; the branch is made where it is not. */
export async function commitFiles(
  hub: Hub,
  repository: Repository,
  change: {
    branch: string;
    files: Record<string, Uint8Array | null>;
    message: string;
    author: Person;
    committer?: Person;
    actor: string;
    byWorkflow?: boolean;
  },
): Promise<Commit> {
  const directory = gitDirectory(hub, repository);
  const ref = `refs/heads/${change.branch}`;
  const parent = await resolveCommit(directory, ref);
  const put = Object.entries(change.files).flatMap(([path, content]) => (content ? [{ path, content }] : []));
  const shas = await writeBlobs(
    directory,
    put.map(({ content }) => content),
  );
  const tree = await writeTree(directory, parent, [
    ...put.map(({ path }, index) => ({ path, mode: "100644", sha: shas[index] ?? null })),
    ...Object.entries(change.files).flatMap(([path, content]) =>
      content ? [] : [{ path, mode: "100644", sha: null }],
    ),
  ]);
  const { author, committer = author, message } = change;
  const sha = await writeCommit(directory, { tree, parents: parent ? [parent] : [], message, author, committer });
  const before = parent ?? NO_COMMIT;
  await runGit(directory, ["update-ref", ref, sha, before]);
  const { actor, byWorkflow = false } = change;
  await hub.refChanged({ repository, ref, before, after: sha, actor, byWorkflow });
  const [commit] = await readCommits(directory, [sha], ["-1"]);
  if (!commit) throw new Error(`commit ${sha} cannot be read back`);
  return commit;
}
