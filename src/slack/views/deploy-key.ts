import type { Deploy } from "../../project/project.ts";

/** The commit's own name for its first deploy, as it always was; a number more for each later one of it. */
export function deployKey({ id, sha }: Deploy): string {
  return `deploy/${id ?? sha}`;
}
