import type { Project } from "./project.ts";

/** Deleted with kubectl, and what was made for it stays as it is. */
export function isLetGo({ metadata, status }: Project): boolean {
  return metadata.deletionTimestamp !== undefined && status.phase !== "Removing" && status.phase !== "Removed";
}
