import { runGit } from "./run-git.ts";

/** Full ref name → commit (or tag object). Empty for an empty repository. */
export async function readRefs(directory: string): Promise<Map<string, string>> {
  const text = await runGit(directory, ["for-each-ref", "--format=%(refname) %(objectname)"]);
  const refs = new Map<string, string>();
  for (const line of text.toString().split("\n")) {
    const [name, sha] = line.split(" ");
    if (name && sha) refs.set(name, sha);
  }
  return refs;
}
