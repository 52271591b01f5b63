import { ownedBy } from "../project/ownership.ts";
import { Problem } from "../project/problem.ts";
import { isAway } from "./is-away.ts";
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
        })),

  async ensure({ project, ports, here, facts }) {
    if (project.spec.visibility === "public" || isAway(facts)) return { state: "done" };
    const { owner, repository } = project.spec;
    const { namespace } = here.environment;
    const stands = project.status.ledger.some(
      (entry) => entry.name === GIT_SECRET && entry.namespace === namespace && entry.state === "made",
    );
    const { repository: made } = project.status;
    if (!made) throw new Error("the repository is made before what reads it");
    const credential = await ports.github
      .cloneCredential({ owner, name: repository, id: made.id })
      .catch((error: unknown) => {
        // What was given last still does, or Flux says that it does not: nothing else waits for GitHub to come back.
        if (stands && error instanceof Problem && error.destiny.kind !== "person") return undefined;
        throw error;
      });
    if (!credential) return { state: "done" };
    const { username, password } = credential;
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
