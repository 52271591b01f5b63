import { ownedBy } from "../project/ownership.ts";
import type { Step } from "./step.ts";

export const GIT_SECRET = "git-credentials";

/** What Flux shows GitHub, where the repository is private. */
export const gitCredentials: Step = {
  name: "git-credentials",
  scope: "environment",
  stage: "cluster",
  after: ["namespace", "first-commit"],
  plan: ({ spec }) =>
    spec.visibility === "public"
      ? []
      : spec.environments.map(({ namespace }) => ({
          kind: "Secret",
          name: GIT_SECRET,
          namespace,
          call: `PATCH /api/v1/namespaces/${namespace}/secrets/${GIT_SECRET}`,
        })),

  async ensure({ project, ports, here }) {
    if (project.spec.visibility === "public") return { state: "done" };
    const { owner, repository } = project.spec;
    const { username, password } = await ports.github.cloneCredential({ owner, name: repository });
    const { namespace } = here.environment;
    const { metadata } = await ports.cluster.apply({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: GIT_SECRET, namespace, ...ownedBy(project) },
      type: "Opaque",
      data: {
        username: Buffer.from(username).toString("base64"),
        password: Buffer.from(password).toString("base64"),
      },
    });
    const id = metadata.uid === undefined ? {} : { id: metadata.uid };
    return { state: "done", made: [{ kind: "Secret", name: GIT_SECRET, namespace, ...id }] };
  },
};
