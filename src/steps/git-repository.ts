import { conditionOf } from "../project/condition-of.ts";
import { ownedBy } from "../project/ownership.ts";
import { GIT_SECRET } from "./git-credentials.ts";
import { isAway } from "./is-away.ts";
import type { Step } from "./step.ts";

const API_VERSION = "source.toolkit.fluxcd.io/v1";

/** Flux's source. https://fluxcd.io/flux/components/source/gitrepositories/ */
export const gitRepository: Step = {
  name: "git-repository",
  stage: "cluster",
  after: ["git-credentials"],
  plan: ({ name, spec }) =>
    spec.environments.map(({ namespace }) => ({
      kind: "GitRepository",
      name,
      namespace,
      call: `PATCH /apis/${API_VERSION}/namespaces/${namespace}/gitrepositories/${name}`,
    })),

  async ensure({ project, ports, snapshot, retrying }) {
    const { repository } = project.status;
    if (!repository) return { state: "waiting", reason: "ClusterPreparing" };
    if (isAway(snapshot)) return { state: "done" };
    const { name } = project.metadata;
    const made = [];
    let stands = 0;
    for (const { namespace } of project.spec.environments) {
      const applied = await ports.cluster.apply({
        apiVersion: API_VERSION,
        kind: "GitRepository",
        metadata: { name, namespace, ...ownedBy(project) },
        spec: {
          url: repository.cloneUrl,
          ref: { branch: repository.defaultBranch },
          // A push is told to Flux at once; this is for what the bot missed, and for noticing that GitHub is out of reach.
          interval: "1m",
          timeout: "60s",
          ...(project.spec.visibility === "private" ? { secretRef: { name: GIT_SECRET } } : {}),
        },
      });
      const { head } = snapshot;
      const pushed =
        project.status.phase === "Live" &&
        head.known &&
        head.value &&
        project.status.deploys.at(-1)?.sha !== head.value.sha;
      if (pushed || retrying)
        await ports.cluster.poke({ apiVersion: API_VERSION, kind: "GitRepository", namespace, name });
      made.push({ kind: "GitRepository", name, namespace, id: applied.metadata.uid });
      if (conditionOf(applied, "Ready") !== undefined) stands += 1;
    }
    // An unreachable GitHub is a warning of its own (flux-source-timeout); the launch itself waits for the rollout.
    return stands === made.length ? { state: "done", made } : { state: "waiting", reason: "SourceFetching", made };
  },
};
