import { isOwnedBy, ownedBy } from "../project/ownership.ts";
import { Problem } from "../project/problem.ts";
import type { Step } from "./step.ts";

/** One namespace an environment. One that stands there already is never touched. */
export const namespace: Step = {
  name: "namespace",
  stage: "cluster",
  after: ["preflight"],
  plan: ({ spec }) =>
    spec.environments.map((environment) => ({
      kind: "Namespace",
      name: environment.namespace,
      call: `PATCH /api/v1/namespaces/${environment.namespace}`,
    })),

  async ensure({ project, ports }) {
    const made = [];
    for (const { namespace: name } of project.spec.environments) {
      const found = await ports.cluster.get({ apiVersion: "v1", kind: "Namespace", name });
      if (found && !isOwnedBy(project, found))
        throw new Problem("namespace-taken", {
          destiny: { kind: "person" },
          params: { namespace: name },
          evidence: `the namespace ${name} was not made by this launch`,
        });
      if (found?.metadata.deletionTimestamp !== undefined)
        return { state: "waiting" as const, reason: "NamespaceTerminating", params: { namespace: name } };
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
      made.push({ kind: "Namespace", name, id: metadata.uid });
    }
    return { state: "done" as const, made };
  },
};
