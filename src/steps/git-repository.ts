import { gitRepositoryOf as readGitRepository } from "../facts/git-repository.ts";
import { GIT_REPOSITORY, gitRepositoryOf } from "./git-repository-of.ts";
import { isAway } from "./is-away.ts";
import type { Step } from "./step.ts";

/** Flux's source of the branch: by it a push is noticed where no webhook arrives, and that GitHub is out of reach. */
export const gitRepository: Step = {
  name: "git-repository",
  scope: "environment",
  stage: "cluster",
  after: ["git-credentials", "tenant", "pull-secret"],
  plan: ({ name, spec }) =>
    spec.environments.map(({ namespace }) => ({
      kind: "GitRepository",
      name,
      namespace,
    })),

  async ensure({ project, ports, here, facts, retrying }) {
    const { namespace } = here.environment;
    const { name } = project.metadata;
    const wanted = gitRepositoryOf(project, namespace);
    if (!wanted) return { state: "waiting", reason: "ClusterPreparing" };
    // What was fetched stays; nothing new is asked for on its behalf.
    if (isAway(facts)) return { state: "done" };
    const applied = await ports.cluster.apply(wanted);
    if (retrying) await ports.cluster.poke({ apiVersion: GIT_REPOSITORY, kind: "GitRepository", namespace, name });
    const { uid, conditions } = readGitRepository(applied);
    const made = [{ kind: "GitRepository", name, namespace, ...(uid === "" ? {} : { id: uid }) }];
    // An unreachable GitHub is a warning of its own; the launch itself waits for the rollout.
    return conditions.Ready
      ? { state: "done", reason: "ClusterReady", made }
      : { state: "waiting", reason: "SourceFetching", made };
  },
};
