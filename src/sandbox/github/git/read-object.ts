import { runGit } from "./run-git.ts";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

/** The type of what `name` (a sha, a branch, `sha:path`) stands for, or null when it stands for nothing. */
export async function objectType(directory: string, name: string): Promise<ObjectType | null> {
  if (/^-|\n/.test(name)) return null;
  const options = { input: `${name}\n` };
  return parseType((await runGit(directory, ["cat-file", "--batch-check=%(objecttype)"], options)).toString().trim());
}

/** The types of many at once, in order; one run of git. */
export async function objectTypes(directory: string, names: readonly string[]): Promise<(ObjectType | null)[]> {
  if (names.length === 0) return [];
  const input = `${names.map((name) => (/^[0-9a-f]{40}$/.test(name) ? name : "0".repeat(40))).join("\n")}\n`;
  const text = (await runGit(directory, ["cat-file", "--batch-check=%(objecttype)"], { input })).toString();
  return text.split("\n").slice(0, names.length).map(parseType);
}

function parseType(line: string): ObjectType | null {
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
