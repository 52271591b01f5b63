import { repositoryTrouble } from "../../project/repository-trouble.ts";
import type { Rule } from "../rule.ts";

/**
 * The repository that was recorded is not there any more: deleted, hidden, renamed, transferred, or another has its name.
 * It is never made again, and nothing is written on its behalf; what runs is left as it is.
 */
export const repoGone: Rule<"repo-gone"> = {
  code: "repo-gone",
  scope: "project",
  severity: "warn",
  needs: ["repository"],
  remedies: ["check-again"],
  check({ project, facts: { repository } }) {
    // A launch that needs it is refused it, and says so itself.
    if (project.status.phase === "Launching" || project.status.phase === "Failed") return [];
    const trouble = repository.known && repository.value ? repositoryTrouble(project, repository.value) : undefined;
    return trouble?.code === "repo-gone" ? [trouble] : [];
  },
};
