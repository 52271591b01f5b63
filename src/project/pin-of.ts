import { tagOf } from "./naming.ts";
import type { Environment, ProjectStatus } from "./project.ts";

/** What an environment is held at: a commit's manifests, and its image or the one of `tag`. */
export interface Pin {
  sha: string;
  tag?: string;
}

type Known = Pick<ProjectStatus, "deploys" | "launch" | "builds" | "environments">;

/**
 * Undefined: it follows the branch. A tag holds as a commit does: with the manifests of the commit that it is the tag of, so
 * that image and manifests go back together; where nobody knows that one, with those that were released last.
 */
export function pinOf({ name, follow, commit, tag }: PinnedBy, status: Known): Pin | undefined {
  if (follow === "pinned" && commit !== undefined) return { sha: commit, ...(tag === undefined ? {} : { tag }) };
  if (tag === undefined) return undefined;
  const sha = commitOf(tag, status) ?? status.environments.find((each) => each.name === name)?.released;
  return sha === undefined ? undefined : { sha, tag };
}

export type PinnedBy = Pick<Environment, "name" | "follow"> & Partial<Pick<Environment, "commit" | "tag">>;

/** Of what this project has seen; the commit itself before one that ran the image of it. */
function commitOf(tag: string, { deploys, launch, builds, environments }: Known): string | undefined {
  const seen = [
    ...deploys.map(({ sha }) => sha),
    ...(launch.sha === undefined ? [] : [launch.sha]),
    ...builds.map(({ sha }) => sha),
    ...environments.flatMap(({ released, sources = [] }) => [
      ...(released === undefined ? [] : [released]),
      ...sources,
    ]),
  ];
  return seen.find((sha) => tagOf(sha) === tag);
}
