import { type Diagnosis, diagnose } from "../../src/diagnosis/diagnose.ts";
import type { Rule } from "../../src/diagnosis/rule.ts";
import { rules } from "../../src/diagnosis/rules/index.ts";
import type { Facts } from "../../src/facts/facts.ts";
import type { ProjectStatus } from "../../src/project/project.ts";
import { environment, facts } from "./facts.ts";
import { NOW, project } from "./project.ts";
import { SHA } from "./run.ts";
import { settings } from "./settings.ts";

export interface Given {
  seen?: Partial<Facts>;
  /** The one environment, or several. */
  here?: Parameters<typeof environment>[0] | Parameters<typeof environment>[0][];
  status?: Partial<ProjectStatus>;
  /** All of them unless told. */
  rules?: readonly Rule[];
}

/** What the rules say of a project whose first commit was pushed at the beginning. */
export function judged({ seen, here, status, rules: asked = rules }: Given): Diagnosis {
  const environments = [here ?? {}].flat().map(environment);
  return diagnose(asked, {
    project: project({
      status: {
        launch: { startedAt: NOW.toISOString(), sha: SHA },
        stages: [
          {
            ...{ stage: "repository", state: "done", reason: "RepositoryCreated", params: {} },
            finishedAt: NOW.toISOString(),
          },
        ],
        ...status,
      },
    }),
    settings: settings(),
    facts: facts({ environments, ...seen }),
  });
}

/** `severity code`, of all that is found. */
export function codes(given: Given): string[] {
  return judged(given).findings.map(({ severity, code }) => `${severity} ${code}`);
}
