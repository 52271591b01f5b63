import { readTree } from "../git/read-tree.ts";
import { repositoryUrl } from "./present-repository.ts";
import type { Call } from "./route.ts";

/** The schema `git-tree`. */
export async function presentTree(call: Call, directory: string, name: string, recursive: boolean) {
  const url = `${repositoryUrl(call.hub, call.repository())}/git`;
  const entries = await readTree(directory, name, recursive);
  return {
    sha: name,
    url: `${url}/trees/${name}`,
    tree: entries.map(({ path, mode, type, sha, size }) => ({
      path,
      mode,
      type,
      sha,
      ...(size === null ? {} : { size }),
      ...(type === "commit" ? {} : { url: `${url}/${type}s/${sha}` }),
    })),
    truncated: false,
  };
}
