import type { Commit } from "./ports/github.ts";
import type { Environment, Project } from "./project.ts";
import type { Read } from "./read.ts";

/** Of a launch its own commit, which a newer one may take the place of; of a live project the newest of its branch. */
export function wantedCommit({ status }: Project, head: Read<Commit | undefined>): string | undefined {
  if (status.phase !== "Live") return status.launch.sha;
  const last = status.deploys.findLast(({ reason }) => reason !== "pin");
  return (head.known ? head.value?.sha : undefined) ?? last?.sha ?? status.launch.sha;
}

/** Likewise of one environment, which may be pinned to a commit. */
export function wantedHere(
  project: Project,
  { follow, commit }: Pick<Environment, "follow" | "commit">,
  head: Read<Commit | undefined>,
): string | undefined {
  return follow === "pinned" && commit !== undefined ? commit : wantedCommit(project, head);
}
