import type { KubeObject } from "../project/ports/cluster.ts";
import type { RepositoryName } from "../project/ports/github.ts";

/** None where it does not say so as a Project does: what the watch has is not parsed yet. */
export function repositoryOf({ spec }: KubeObject): RepositoryName[] {
  const { owner, repository: name } = (spec ?? {}) as { owner?: unknown; repository?: unknown }; // read as unknown
  return typeof owner === "string" && typeof name === "string" ? [{ owner, name }] : [];
}
