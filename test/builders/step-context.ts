import type { Facts } from "../../src/facts/facts.ts";
import type { EnvironmentStatus, Project, ProjectStatus } from "../../src/project/project.ts";
import type { EnvironmentContext, Step } from "../../src/steps/step.ts";
import { environment, facts } from "./facts.ts";
import { NOW, project } from "./project.ts";
import { SHA } from "./run.ts";
import { settings } from "./settings.ts";
import { createWorld, type MemoryWorld } from "./world/create-world.ts";

export interface Given {
  seen?: Partial<Facts>;
  here?: Parameters<typeof environment>[0];
  status?: Partial<ProjectStatus>;
  spec?: Partial<Project["spec"]>;
  /** What is remembered of the one environment. */
  remembered?: Partial<EnvironmentStatus>;
  retrying?: boolean;
  world?: MemoryWorld;
}

/** A launch whose first commit was pushed at the beginning, in a world where its namespace stands and nothing else. */
export function contextOf({
  seen,
  here,
  status,
  spec,
  remembered,
  retrying,
  world = createWorld(),
}: Given): EnvironmentContext {
  if (!world.cluster.objects.has("Namespace//rrr"))
    world.cluster.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } });
  const at = environment(here);
  const of: EnvironmentStatus = { name: "production", ...remembered };
  return {
    project: project({
      ...(spec ? { spec } : {}),
      status: {
        launch: { startedAt: NOW.toISOString(), sha: SHA },
        repository: {
          ...{ id: 7, url: "https://github.com/acme/rrr", cloneUrl: "https://github.com/acme/rrr.git" },
          defaultBranch: "main",
        },
        stages: [
          {
            ...{ stage: "repository", state: "done", reason: "RepositoryCreated", params: {} },
            finishedAt: NOW.toISOString(),
          },
        ],
        environments: [of],
        ...status,
      },
    }),
    settings: settings(),
    facts: facts({ environments: [at], ...seen }),
    ports: world.controller.ports,
    template: undefined,
    retrying: retrying ?? false,
    here: at,
    status: of,
  };
}

/** `state reason` of what the step says. */
export async function says(step: Step, given: Given): Promise<string> {
  const outcome = await step.ensure(contextOf(given));
  return outcome.state === "refused"
    ? `refused ${outcome.problem.code}`
    : `${outcome.state} ${outcome.reason ?? ""}`.trim();
}
