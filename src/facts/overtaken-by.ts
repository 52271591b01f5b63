import type { WorkflowRun } from "../project/ports/github.ts";
import type { Project } from "../project/project.ts";
import { wantedCommit } from "../project/wanted-commit.ts";
import type { Facts } from "./facts.ts";

/** A launch whose own commit came to nothing goes on with what was pushed since, once that has a run: this one. */
export function overtakenBy(
  project: Project,
  { head, builds }: Pick<Facts, "head" | "builds">,
): WorkflowRun | undefined {
  const sha = wantedCommit(project, head);
  const build = sha === undefined ? undefined : builds[sha];
  const { phase } = project.status;
  if ((phase !== "Launching" && phase !== "Failed") || !build?.known) return undefined;
  if (!["none", "failed", "cancelled", "skipped", "ended"].includes(build.value.state)) return undefined;
  const newest = head.known ? head.value?.sha : undefined;
  const its = newest === undefined || newest === sha ? undefined : builds[newest];
  return its?.known && "run" in its.value ? its.value.run : undefined;
}
