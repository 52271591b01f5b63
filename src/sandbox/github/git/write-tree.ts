import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runGit } from "./run-git.ts";

export interface TreeChange {
  path: string;
  mode: string;
  /** null removes the path. */
  sha: string | null;
}

/** Writes a tree: `base` with `changes` laid over it. A change may put a whole tree at its path. */
export async function writeTree(
  directory: string,
  base: string | null,
  changes: readonly TreeChange[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-index-"));
  const env = { GIT_INDEX_FILE: join(folder, "index") };
  try {
    if (base) await runGit(directory, ["read-tree", base], { env });
    const files = changes.filter((change) => change.mode !== "040000");
    const input = files
      .map(({ path, mode, sha }) => (sha === null ? `0 ${"0".repeat(40)}\t${path}\0` : `${mode} ${sha}\t${path}\0`))
      .join("");
    await runGit(directory, ["update-index", "-z", "--add", "--replace", "--index-info"], { env, input });
    for (const change of changes) {
      if (change.mode !== "040000" || change.sha === null) continue;
      await runGit(directory, ["read-tree", `--prefix=${change.path}/`, change.sha], { env });
    }
    return (await runGit(directory, ["write-tree"], { env })).toString().trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
