import { ownedBy } from "../project/ownership.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Project } from "../project/project.ts";
import { GIT_SECRET } from "./git-credentials.ts";

export const GIT_REPOSITORY = "source.toolkit.fluxcd.io/v1";

/**
 * Flux's source: of the branch, or of one commit on it. The branch is asked for each minute, which tells of a push where
 * no webhook arrives; a commit does not change, and a source held at one is cloned whole at every interval.
 * https://fluxcd.io/flux/components/source/gitrepositories/#commit-example, https://github.com/fluxcd/source-controller/issues/2146
 */
export function gitRepositoryOf(project: Project, namespace: string, commit?: string): KubeObject | undefined {
  const { repository } = project.status;
  if (!repository) return undefined;
  return {
    apiVersion: GIT_REPOSITORY,
    kind: "GitRepository",
    metadata: { name: sourceNameOf(project, commit), namespace, ...ownedBy(project) },
    spec: {
      url: repository.cloneUrl,
      ref: { branch: repository.defaultBranch, ...(commit === undefined ? {} : { commit }) },
      interval: commit === undefined ? "1m" : "24h",
      timeout: "60s",
      ...(project.spec.visibility === "private" ? { secretRef: { name: GIT_SECRET } } : {}),
    },
  };
}

/** `rrr` follows the branch, `rrr-3f2a91c0aa11` is held at that commit. */
export function sourceNameOf(project: Project, commit?: string): string {
  const { name } = project.metadata;
  return commit === undefined ? name : `${name}-${commit.slice(0, 12)}`;
}
