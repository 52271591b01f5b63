import type { Step } from "./step.ts";

/** Actions allowed in the repository, before the push that needs them. */
export const actions: Step = {
  name: "actions",
  scope: "project",
  stage: "repository",
  after: ["repository"],
  async ensure({ project, ports }) {
    if (project.status.launch.sha === undefined)
      await ports.github.allowActions({ owner: project.spec.owner, name: project.spec.repository });
    return { state: "done" };
  },
};
