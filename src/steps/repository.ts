import { descriptionOf, isOurRepository } from "../project/our-repository.ts";
import type { Outcome } from "../project/outcome.ts";
import type { Repository, Whereabouts } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import type { Project } from "../project/project.ts";
import { repositoryTrouble } from "../project/repository-trouble.ts";
import { sameRepositoryName } from "../project/same-repository-name.ts";
import type { Step, StepContext } from "./step.ts";

/** The repository, empty but for GitHub's own first commit; first-commit.ts puts the template there. Made once, never again. */
export const repository: Step = {
  name: "repository",
  scope: "project",
  stage: "repository",
  after: ["preflight"],
  plan: ({ spec }) => [{ kind: "Repository", name: `${spec.owner}/${spec.repository}` }],

  async ensure({ project, ports, facts }) {
    const { owner, repository: name } = project.spec;
    const known = project.status.repository;
    // As it was looked at in this pass; where it could not be, it stands as it was recorded.
    const found = known && facts.repository.known ? facts.repository.value : undefined;
    if (known && !found) return { state: "done" };
    if (found && found.state !== "here") return away(project, found);
    const standing = found?.repository ?? (await firstMade(project, ports));
    const wanted = { description: descriptionOf(project), topics: ["slipway", project.spec.template] };
    if (isDescribedOtherwise(standing, wanted)) await ports.github.describeRepository(standing, wanted);
    const { id, url, cloneUrl, defaultBranch } = standing;
    return {
      state: "done",
      made: [{ kind: "Repository", name: `${owner}/${name}`, id: String(id) }],
      learned: { repository: { ...known, id, url, cloneUrl, defaultBranch } },
    };
  },
};

/** None is recorded: it is made, unless an earlier try of this launch did that and died before it could say so. */
async function firstMade(project: Project, { github }: StepContext["ports"]): Promise<Repository> {
  const { owner, repository: name, visibility } = project.spec;
  const found = await github.repository(owner, name);
  if (!found) return github.createRepository({ owner, name, visibility, description: descriptionOf(project) });
  if (isOurRepository(project, found)) return found;
  const full = `${found.owner}/${found.name}`;
  throw new Problem("repo-name-taken", {
    destiny: { kind: "person" },
    params: {
      repository: `${owner}/${name}`,
      url: found.url,
      ...(sameRepositoryName(found, { owner, name }) ? {} : { now: full }),
    },
    evidence: `${full} has existed since ${found.createdAt.toISOString().slice(0, 10)}`,
  });
}

/** What was launched goes on without it, and a rule tells; a launch that still needs it stops. */
function away(project: Project, found: Whereabouts): Outcome {
  const { phase, launch } = project.status;
  const trouble = repositoryTrouble(project, found);
  if (!trouble || phase === "Live" || (found.state === "archived" && launch.sha !== undefined))
    return { state: "done" };
  const { code, params, evidence } = trouble;
  return { state: "refused", problem: new Problem(code, { destiny: { kind: "person" }, params, evidence }) };
}

function isDescribedOtherwise(standing: Repository, wanted: { description: string; topics: string[] }): boolean {
  const sorted = (topics: string[]) => [...topics].sort().join();
  return standing.description !== wanted.description || sorted(standing.topics) !== sorted(wanted.topics);
}
