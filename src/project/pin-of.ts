import { commitOfTag } from "./commit-of-tag.ts";
import type { Environment, ProjectStatus } from "./project.ts";

/** What an environment is held at: a commit's manifests, and its image or the one of `tag`. */
export interface Pin {
  sha: string;
  tag?: string;
}

type Known = Pick<ProjectStatus, "deploys" | "launch" | "builds" | "environments">;

/**
 * Undefined: it follows the branch. A tag holds as a commit does: with the manifests of the commit that it is the tag of, so
 * that image and manifests go back together: of one that this project has seen, or that GitHub was asked for. Where nobody knows
 * that one, with those that were released last.
 */
export function pinOf({ name, follow, commit, tag }: PinnedBy, status: Known): Pin | undefined {
  if (follow === "pinned" && commit !== undefined) return { sha: commit, ...(tag === undefined ? {} : { tag }) };
  if (tag === undefined) return undefined;
  const here = status.environments.find((each) => each.name === name);
  const asked = here?.tagged?.tag === tag ? here.tagged.sha : undefined;
  const sha = commitOfTag(tag, status) ?? asked ?? here?.released;
  return sha === undefined ? undefined : { sha, tag };
}

export type PinnedBy = Pick<Environment, "name" | "follow"> & Partial<Pick<Environment, "commit" | "tag">>;
