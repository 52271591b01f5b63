import type { Condition, Project, ProjectStatus, StageStatus } from "../project/project.ts";
import type { Words } from "../words/words.ts";

const STATUS: Record<StageStatus["state"], Condition["status"]> = {
  pending: "Unknown",
  waiting: "Unknown",
  done: "True",
  skipped: "True",
  failed: "False",
};

/** One a stage, as kubectl shows them. The time is that of the last change of status. */
export function conditionsOf(
  project: Project,
  { stages, failure }: Pick<ProjectStatus, "stages" | "failure">,
  words: Words,
  at: Date,
): Condition[] {
  return stages.map(({ stage, state, reason, params }) => {
    const type = `${stage.charAt(0).toUpperCase()}${stage.slice(1)}Ready`;
    const status = STATUS[state];
    const before = project.status.conditions.find((each) => each.type === type);
    const finding = reason === "Stalled" ? words.findings[String(params.code)] : undefined;
    const facts = failure?.code === params.code ? { ...failure?.params, ...params } : params;
    return {
      type,
      status,
      reason,
      message: finding?.title(facts) ?? words.reasons[reason]?.(params) ?? "",
      lastTransitionTime: before?.status === status ? before.lastTransitionTime : at.toISOString(),
      observedGeneration: project.metadata.generation,
    };
  });
}
