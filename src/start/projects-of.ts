import type { KubeObject } from "../project/ports/cluster.ts";
import type { RepositoryName } from "../project/ports/github.ts";
import { sameRepositoryName } from "../project/same-repository-name.ts";
import { repositoryOf } from "./repository-of.ts";

/** Names of the projects that a repository is of, as GitHub compares names. */
export function projectsOf(repository: RepositoryName, projects: readonly KubeObject[]): string[] {
  return projects
    .filter((project) => repositoryOf(project).some((each) => sameRepositoryName(each, repository)))
    .map(({ metadata }) => metadata.name);
}
