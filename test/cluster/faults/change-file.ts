import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Living } from "./fault.ts";

/** Pushes a commit in which one file of the repository is another. */
export async function changeFile(
  { name, world, work }: Living,
  message: string,
  path: string,
  change: (text: string) => string,
): Promise<void> {
  await world.push(name, work, message, async (clone) => {
    const file = join(clone, path);
    const text = await readFile(file, "utf8");
    const changed = change(text);
    if (changed === text) throw new Error(`${path} of ${name} stays as it was`);
    await writeFile(file, changed);
  });
}
