import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Files } from "../../kustomize/files.ts";

/** An artifact unpacked in `root`. What a link would reach outside of it is not there. */
export function diskFiles(root: string): Files {
  const real = realpathSync(root);
  const inside = (path: string): string | undefined => {
    try {
      const full = realpathSync(join(real, path));
      return full === real || full.startsWith(real + sep) ? full : undefined;
    } catch {
      return undefined;
    }
  };
  const isDirectory = (path: string) => {
    const full = inside(path);
    return full !== undefined && statSync(full).isDirectory();
  };
  return {
    read: (path) => {
      const full = inside(path);
      return full === undefined || !statSync(full).isFile() ? undefined : readFileSync(full, "utf8");
    },
    isDirectory,
    list: (directory) => (isDirectory(directory) ? readdirSync(inside(directory) ?? real).sort() : []),
  };
}
