import { ownedBy } from "../project/ownership.ts";
import type { Step } from "./step.ts";

const PULL_SECRET = "registry-pull";

/** What the node shows the registry. Applied anew each time, so that a renewed token replaces the old one. */
export const pullSecret: Step = {
  name: "pull-secret",
  scope: "environment",
  stage: "cluster",
  after: ["namespace"],
  plan: ({ spec }) =>
    spec.environments.map(({ namespace }) => ({
      kind: "Secret",
      name: PULL_SECRET,
      namespace,
    })),

  async ensure({ project, ports, here }) {
    const credential = await ports.registry.pullCredential();
    if (!credential) return { state: "done" };
    const { host, username, password } = credential;
    const auth = Buffer.from(`${username}:${password}`).toString("base64");
    const config = JSON.stringify({ auths: { [host]: { username, password, auth } } });
    const { namespace } = here.environment;
    const { metadata } = await ports.cluster.apply({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: PULL_SECRET, namespace, ...ownedBy(project) },
      type: "kubernetes.io/dockerconfigjson",
      data: { ".dockerconfigjson": Buffer.from(config).toString("base64") },
    });
    const id = metadata.uid === undefined ? {} : { id: metadata.uid };
    return { state: "done", made: [{ kind: "Secret", name: PULL_SECRET, namespace, ...id }] };
  },
};
