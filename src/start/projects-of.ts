import type { KubeObject } from "../project/ports/cluster.ts";
import type { RepositoryName } from "../project/ports/github.ts";
import { repositoryOf } from "./repository-of.ts";

/** Names of the projects that a repository is of, as GitHub compares names. */
export function projectsOf(repository: RepositoryName, projects: readonly KubeObject[]): string[] {
  const is = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  return projects
    .filter((project) =>
      repositoryOf(project).some(({ owner, name }) => is(owner, repository.owner) && is(name, repository.name)),
    )
    .map(({ metadata }) => metadata.name);
}
