import { identityOf } from "../facts/identity.ts";
import { isOwnedBy, ownedBy, PROJECT_LABEL } from "../project/ownership.ts";
import { Problem } from "../project/problem.ts";
import type { Step } from "./step.ts";

/** One namespace an environment. One that stands there already is never touched. */
export const namespace: Step = {
  name: "namespace",
  scope: "environment",
  stage: "cluster",
  after: ["preflight"],
  plan: ({ spec }) =>
    spec.environments.map((environment) => ({
      kind: "Namespace",
      name: environment.namespace,
    })),

  async ensure({ project, ports, here }) {
    const { namespace: name } = here.environment;
    // From the watch, which has ours alone; one of that name may stand there without our label.
    const ours = await ports.cluster.list("v1", "Namespace", { labels: { [PROJECT_LABEL]: project.metadata.name } });
    const found =
      ours.find(({ metadata }) => metadata.name === name) ??
      (await ports.cluster.get({ apiVersion: "v1", kind: "Namespace", name }));
    if (found && !isOwnedBy(project, found))
      throw new Problem("namespace-taken", {
        destiny: { kind: "person" },
        params: { namespace: name },
        evidence: `the namespace ${name} was not made by this launch`,
      });
    if (found && identityOf(found).deleting)
      return { state: "waiting", reason: "NamespaceTerminating", params: { namespace: name } };
    const { labels, annotations } = ownedBy(project);
    const { metadata } =
      found ??
      (await ports.cluster.apply({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: {
          name,
          annotations,
          // https://kubernetes.io/docs/concepts/security/pod-security-standards/
          labels: {
            ...labels,
            "pod-security.kubernetes.io/enforce": "baseline",
            "pod-security.kubernetes.io/warn": "restricted",
          },
        },
      }));
    return {
      state: "done",
      made: [{ kind: "Namespace", name, ...(metadata.uid === undefined ? {} : { id: metadata.uid }) }],
    };
  },
};
