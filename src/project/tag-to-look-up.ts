import { commitOfTag } from "./commit-of-tag.ts";
import type { PinnedBy } from "./pin-of.ts";
import type { ProjectStatus } from "./project.ts";

/** A commit's hash, or its beginning as git abbreviates it at least. */
const OF_A_COMMIT = /^[0-9a-f]{7,40}$/;

/**
 * The tag that an environment is pinned to, where it looks like a commit's, nobody here remembers that commit, and GitHub
 * has not said yet which one it is. Until then nothing is given: what was given once, or asked once, is not asked again.
 */
export function tagToLookUp(
  { name, follow, commit, tag }: PinnedBy,
  status: Pick<ProjectStatus, "deploys" | "launch" | "builds" | "environments">,
): string | undefined {
  if (tag === undefined || (follow === "pinned" && commit !== undefined) || !OF_A_COMMIT.test(tag)) return undefined;
  const here = status.environments.find((each) => each.name === name);
  if (here?.pinnedTag === tag || here?.tagged?.tag === tag) return undefined;
  return commitOfTag(tag, status) === undefined ? tag : undefined;
}
