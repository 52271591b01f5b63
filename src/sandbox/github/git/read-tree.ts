import { runGit } from "./run-git.ts";

export interface TreeEntry {
  mode: string;
  type: "blob" | "tree" | "commit";
  sha: string;
  size: number | null;
  path: string;
}

/** The entries of a tree (or of a commit's), in git's order. */
export async function readTree(directory: string, name: string, recursive: boolean): Promise<TreeEntry[]> {
  const args = ["ls-tree", "-z", "--long", ...(recursive ? ["-r", "-t"] : []), name];
  const entries: TreeEntry[] = [];
  for (const line of (await runGit(directory, args)).toString().split("\0")) {
    const match = /^(\d+) (blob|tree|commit) ([0-9a-f]{40}) +(\d+|-)\t(.+)$/s.exec(line);
    if (!match) continue;
    const [, mode = "", type, sha = "", size, path = ""] = match;
    if (type !== "blob" && type !== "tree" && type !== "commit") continue;
    entries.push({ mode, type, sha, size: size === "-" ? null : Number(size), path });
  }
  return entries;
}
