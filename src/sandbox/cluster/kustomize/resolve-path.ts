import { posix } from "node:path";

/** `path` as seen from `directory`, relative to the artifact's root; it may leave the root (`../x`), and is then not found. */
export function resolvePath(directory: string, path: string): string {
  const joined = posix.normalize(posix.join(directory || ".", path)).replace(/\/$/, "");
  return joined === "" ? "." : joined.replace(/^\.\//, "");
}
