import { ownedBy } from "../project/ownership.ts";
import { isAway } from "./is-away.ts";
import type { Step } from "./step.ts";

export const GIT_SECRET = "git-credentials";

/** What Flux shows GitHub, where the repository is private. */
export const gitCredentials: Step = {
  name: "git-credentials",
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

  async ensure({ project, ports, snapshot }) {
    if (project.spec.visibility === "public" || isAway(snapshot)) return { state: "done" };
    const { owner, repository: name } = project.spec;
    const { username, password } = await ports.github.cloneCredential({ owner, name });
    const made = [];
    for (const { namespace } of project.spec.environments) {
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
      made.push({ kind: "Secret", name: GIT_SECRET, namespace, id: metadata.uid });
    }
    return { state: "done", made };
  },
};
