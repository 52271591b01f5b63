import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runGit } from "./run-git.ts";

/** Writes blobs in one run of git and gives their shas in order. */
export async function writeBlobs(directory: string, contents: readonly Uint8Array[]): Promise<string[]> {
  const [only] = contents;
  if (only === undefined) return [];
  if (contents.length === 1) {
    return [(await runGit(directory, ["hash-object", "-w", "--stdin"], { input: only })).toString().trim()];
  }
  const folder = await mkdtemp(join(tmpdir(), "sandbox-blobs-"));
  try {
    const paths = await Promise.all(
      contents.map(async (content, index) => {
        const path = join(folder, String(index));
        await writeFile(path, content);
        return path;
      }),
    );
    const out = await runGit(directory, ["hash-object", "-w", "--no-filters", "--stdin-paths"], {
      input: `${paths.join("\n")}\n`,
    });
    return out.toString().trim().split("\n");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
