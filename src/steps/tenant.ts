import { ownedBy } from "../project/ownership.ts";
import type { Step } from "./step.ts";

export const TENANT = "slipway-tenant";
/** manifests/base/tenant-role.yaml: what templates and ordinary applications need; no RBAC, no cluster-scoped kinds. */
const ROLE = "slipway-project";

/**
 * The account that Flux applies the repository's manifests as. Flux's own is a cluster administrator;
 * as this one a repository reaches no further than its namespace.
 * https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export const tenant: Step = {
  name: "tenant",
  scope: "environment",
  stage: "cluster",
  after: ["namespace"],
  plan: ({ spec }) =>
    spec.environments.flatMap(({ namespace }) => [
      {
        kind: "ServiceAccount",
        name: TENANT,
        namespace,
      },
      {
        kind: "RoleBinding",
        name: TENANT,
        namespace,
      },
    ]),

  async ensure({ project, ports, here }) {
    const { namespace } = here.environment;
    const metadata = { name: TENANT, namespace, ...ownedBy(project) };
    await ports.cluster.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata });
    await ports.cluster.apply({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: ROLE },
      subjects: [{ kind: "ServiceAccount", name: TENANT, namespace }],
    });
    const made = ["ServiceAccount", "RoleBinding"].map((kind) => ({ kind, name: TENANT, namespace }));
    return { state: "done", made };
  },
};
