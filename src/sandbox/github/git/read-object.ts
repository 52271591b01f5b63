import { runGit } from "./run-git.ts";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

/** The type of what `name` (a sha, a branch, `sha:path`) stands for, or null when it stands for nothing. */
export async function objectType(directory: string, name: string): Promise<ObjectType | null> {
  if (name.startsWith("-")) return null;
  const line = (await runGit(directory, ["cat-file", "--batch-check=%(objecttype)"], { input: `${name}\n` }))
    .toString()
    .trim();
  return line === "blob" || line === "tree" || line === "commit" || line === "tag" ? line : null;
}

/** The full sha of what `name` stands for, or null. */
export async function resolveCommit(directory: string, name: string): Promise<string | null> {
  if (name.startsWith("-")) return null;
  try {
    return (await runGit(directory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]))
      .toString()
      .trim();
  } catch {
    return null;
  }
}

export async function readBlob(directory: string, name: string): Promise<Buffer> {
  return await runGit(directory, ["cat-file", "blob", name]);
}
