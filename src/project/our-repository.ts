import type { Repository } from "./ports/github.ts";
import type { Project } from "./project.ts";

/** The words a repository is made with. */
export function descriptionOf(project: Project): string {
  return `${project.metadata.name}, launched with Slipway from ${project.spec.template}`;
}

/**
 * Known by its id; or, where the process died between making it and writing that down, by having been made
 * with our words after this launch had begun and found the name free.
 */
export function isOurRepository(project: Project, found: Repository): boolean {
  if (project.status.repository) return project.status.repository.id === found.id;
  const intended = project.status.ledger.find((entry) => entry.kind === "Repository");
  return (
    intended !== undefined &&
    found.description === descriptionOf(project) &&
    // GitHub counts in whole seconds.
    found.createdAt.getTime() >= new Date(intended.at).getTime() - 1000
  );
}
