import type { ProjectStatus } from "./project.ts";

/** As git itself abbreviates, at least. */
const SHORTEST = 7;

/** What somebody means by a commit that they name by its beginning, among those that this project has seen. */
export type KnownCommit = { sha: string } | { unknown: "malformed" | "unseen" | "ambiguous" };

/** A whole hash stands for itself, seen or not. */
export function knownCommit(given: string, status: Pick<ProjectStatus, "deploys" | "launch" | "builds">): KnownCommit {
  const wanted = given.toLowerCase();
  if (!/^[0-9a-f]{1,40}$/.test(wanted) || wanted.length < SHORTEST) return { unknown: "malformed" };
  if (wanted.length === 40) return { sha: wanted };
  const seen = [
    ...status.deploys.map(({ sha }) => sha),
    ...(status.launch.sha === undefined ? [] : [status.launch.sha]),
    ...status.builds.map(({ sha }) => sha),
  ];
  const meant = new Set(seen.filter((sha) => sha.startsWith(wanted)));
  const [sha] = meant;
  if (sha === undefined) return { unknown: "unseen" };
  return meant.size === 1 ? { sha } : { unknown: "ambiguous" };
}
