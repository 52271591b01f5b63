import type { Files } from "../../../../src/sandbox/cluster/kustomize/files.ts";

/** Files held in memory, by path. */
export function filesOf(files: Record<string, string>): Files {
  const inside = (directory: string) => (directory === "." ? "" : `${directory}/`);
  return {
    read: (path) => files[path],
    isDirectory: (path) => Object.keys(files).some((file) => file.startsWith(inside(path))),
    list: (directory) =>
      [
        ...new Set(
          Object.keys(files)
            .filter((file) => file.startsWith(inside(directory)))
            .map((file) => file.slice(inside(directory).length).split("/")[0] ?? ""),
        ),
      ].sort(),
  };
}
