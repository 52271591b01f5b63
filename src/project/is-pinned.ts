import type { Environment } from "./project.ts";

/** Whether the Project holds it at a commit or at a tag, rather than at the branch. */
export function isPinned({ follow, commit, tag }: Environment): boolean {
  return tag !== undefined || (follow === "pinned" && commit !== undefined);
}
