import type { RepositoryName } from "./ports/github.ts";

/** GitHub compares names without case. */
export function sameRepositoryName(one: RepositoryName, other: RepositoryName): boolean {
  return one.owner.toLowerCase() === other.owner.toLowerCase() && one.name.toLowerCase() === other.name.toLowerCase();
}
