import { execFile } from "node:child_process";
import { readFile, realpath } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface RuntimeFile {
  /** In the image, without a leading slash. */
  path: string;
  content: Uint8Array;
}

/**
 * This machine's Node and the libraries it is linked with, as files of an image: what lets the tiny image run on a real
 * node, where nobody has Node for it. Rejects where that cannot be told (not Linux, no ldd).
 */
export async function runtimeFiles(): Promise<RuntimeFile[]> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error(
      "the sandbox's own image runs on a real cluster only from Linux on x64; give --build or --image-layer",
    );
  const node = await realpath(process.execPath);
  const { stdout } = await run("ldd", [node]);
  // `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)`, and the loader by its path alone.
  const libraries = [...stdout.matchAll(/(\/\S+) \(0x/g)].flatMap(([, path]) => (path === undefined ? [] : [path]));
  return Promise.all([
    readFile(node).then((content) => ({ path: "usr/local/bin/node", content })),
    ...libraries.map(async (path) => ({ path: path.slice(1), content: await readFile(path) })),
  ]);
}
