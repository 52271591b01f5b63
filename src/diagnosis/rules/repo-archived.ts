import { repositoryTrouble } from "../../project/repository-trouble.ts";
import type { Rule } from "../rule.ts";

/**
 * Archived it is read-only: nobody can push, and no workflow runs.
 * https://docs.github.com/en/repositories/archiving-a-github-repository/archiving-repositories
 */
export const repoArchived: Rule<"repo-archived"> = {
  code: "repo-archived",
  scope: "project",
  severity: "warn",
  needs: ["repository"],
  remedies: ["check-again"],
  check({ project, facts: { repository } }) {
    // A launch that needs to write to it is refused that, and says so itself.
    const { phase, launch } = project.status;
    if ((phase === "Launching" || phase === "Failed") && launch.sha === undefined) return [];
    const trouble = repository.known && repository.value ? repositoryTrouble(project, repository.value) : undefined;
    return trouble?.code === "repo-archived" ? [trouble] : [];
  },
};
