import { type PinnedBy, pinOf } from "./pin-of.ts";
import type { Commit } from "./ports/github.ts";
import type { Project } from "./project.ts";
import type { Read } from "./read.ts";

/** Of a launch its own commit, which a newer one may take the place of; of a live project the newest of its branch. */
export function wantedCommit({ status }: Project, head: Read<Commit | undefined>): string | undefined {
  if (status.phase !== "Live") return status.launch.sha;
  const last = status.deploys.findLast(({ reason }) => reason !== "pin");
  return (head.known ? head.value?.sha : undefined) ?? last?.sha ?? status.launch.sha;
}

/** Likewise of one environment, which may be pinned. */
export function wantedHere(
  project: Project,
  environment: PinnedBy,
  head: Read<Commit | undefined>,
): string | undefined {
  return pinOf(environment, project.status)?.sha ?? wantedCommit(project, head);
}
