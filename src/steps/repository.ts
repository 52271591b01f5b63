import { descriptionOf, isOurRepository } from "../project/our-repository.ts";
import { Problem } from "../project/problem.ts";
import type { Step } from "./step.ts";

/** The repository, empty but for GitHub's own first commit; first-commit.ts puts the template there. */
export const repository: Step = {
  name: "repository",
  scope: "project",
  stage: "repository",
  after: ["preflight"],
  plan: ({ spec }) => [
    { kind: "Repository", name: `${spec.owner}/${spec.repository}`, call: `POST /orgs/${spec.owner}/repos` },
  ],

  async ensure({ project, ports }) {
    const { owner, repository: name, visibility } = project.spec;
    const description = descriptionOf(project);
    const found = await ports.github.repository(owner, name);
    if (found && !isOurRepository(project, found))
      throw new Problem("repo-name-taken", {
        destiny: { kind: "person" },
        params: { repository: `${owner}/${name}`, url: found.url },
        evidence: `${owner}/${name} has existed since ${found.createdAt.toISOString().slice(0, 10)}`,
      });
    const made = found ?? (await ports.github.createRepository({ owner, name, visibility, description }));
    await ports.github.describeRepository({ owner, name }, { description, topics: ["slipway", project.spec.template] });
    const { id, url, cloneUrl, defaultBranch } = made;
    return {
      state: "done",
      made: [{ kind: "Repository", name: `${owner}/${name}`, id: String(id) }],
      learned: { repository: { ...project.status.repository, id, url, cloneUrl, defaultBranch } },
    };
  },
};
