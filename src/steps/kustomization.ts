import { KUSTOMIZATION, kustomizationOf } from "./kustomization-of.ts";
import type { Step } from "./step.ts";

/** Flux's Kustomization, suspended until release.ts gives it the tag of an image that is there. */
export const kustomization: Step = {
  name: "kustomization",
  stage: "cluster",
  after: ["git-repository", "tenant", "pull-secret"],
  plan: ({ name, spec }) =>
    spec.environments.map(({ namespace }) => ({
      kind: "Kustomization",
      name,
      namespace,
      call: `PATCH /apis/${KUSTOMIZATION}/namespaces/${namespace}/kustomizations/${name}`,
    })),

  async ensure({ project, settings, ports, retrying }) {
    const made = [];
    for (const environment of project.spec.environments) {
      const { tag } = project.status.environments.find(({ name }) => name === environment.name) ?? {};
      const applied = await ports.cluster.apply(kustomizationOf(project, environment, settings, tag));
      const { name } = project.metadata;
      if (retrying)
        await ports.cluster.poke({
          apiVersion: KUSTOMIZATION,
          kind: "Kustomization",
          namespace: environment.namespace,
          name,
        });
      made.push({
        kind: "Kustomization",
        name: project.metadata.name,
        namespace: environment.namespace,
        id: applied.metadata.uid,
      });
    }
    return { state: "done", reason: "ClusterReady", made };
  },
};
