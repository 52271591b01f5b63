import type { StoredProjects } from "./ports/projects.ts";

/** Of every project there is, whether it can be read or not. */
export function namesOf({ projects, unreadable }: StoredProjects): string[] {
  return [...projects.map(({ metadata }) => metadata.name), ...unreadable.map(({ name }) => name)];
}
