import { imageOf } from "../project/naming.ts";
import { Problem } from "../project/problem.ts";
import { renderTemplate } from "../template/render-template.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { Step } from "./step.ts";

/** The template, rendered, as the first commit after GitHub's own. Once it is recorded nothing is pushed any more. */
export const firstCommit: Step = {
  name: "first-commit",
  scope: "project",
  stage: "repository",
  after: ["actions", "webhook"],

  async ensure({ project, settings, ports, template, facts }) {
    const { owner, repository: name } = project.spec;
    const full = `${owner}/${name}`;
    const done = (sha: string) => ({
      repository: full,
      template: project.spec.template,
      sha: sha.slice(0, 7),
      ...(project.status.repository?.hookPinged === true ? {} : { polling: "yes" as const }),
    });
    const { sha } = project.status.launch;
    // The launch may have gone on to a later commit, which mends the first.
    const told = project.status.stages.find(({ stage, state }) => stage === "repository" && state === "done")?.params
      .sha;
    if (sha !== undefined) return { state: "done", reason: "RepositoryCreated", params: done(String(told ?? sha)) };
    if (!template)
      throw new Problem("template-unknown", {
        destiny: { kind: "person" },
        params: { template: project.spec.template },
        evidence: `no template is named ${project.spec.template}`,
      });
    const { ingressClass, clusterIssuer } = await resolveSettings(settings, ports);
    const branch = project.status.repository?.defaultBranch ?? "main";
    const { files } = renderTemplate(template, {
      name: project.metadata.name,
      owner,
      repository: full,
      registry: settings.registryHost,
      image: imageOf(settings.registryHost, owner, name),
      environments: project.spec.environments,
      ingressClass: ingressClass ?? "",
      issuer: clusterIssuer ?? "",
      defaultBranch: branch,
      port: template.port,
    });
    const message = `Start ${name} from ${template.name}\n\nLaunched with Slipway.`;
    const commit = await ports.github.pushFirstCommit({ owner, name }, { branch, message, files });
    return {
      state: "done",
      reason: "RepositoryCreated",
      params: done(commit.sha),
      learned: {
        launch: {
          ...project.status.launch,
          startedAt: project.status.launch.startedAt ?? facts.at.toISOString(),
          sha: commit.sha,
        },
      },
    };
  },
};
