import type { Condition, Project, ProjectStatus, StageStatus } from "../project/project.ts";
import { STAGES } from "../project/stage.ts";
import { findingSaid } from "../words/finding-said.ts";
import { reasonSaid } from "../words/reason-said.ts";
import type { Words } from "../words/words.ts";
import { stageNow } from "./stage-now.ts";

const STATUS: Record<StageStatus["state"], Condition["status"]> = {
  pending: "Unknown",
  waiting: "Unknown",
  done: "True",
  skipped: "True",
  failed: "False",
};

/** From the least advanced. */
const ORDER: readonly StageStatus["state"][] = ["failed", "waiting", "pending", "done", "skipped"];

/**
 * One a stage: of the launch while it goes on, as it is now once the project is live. And what all of it comes to by kstatus'
 * rules: `Ready` now, `Reconciling` while something is under way, `Stalled` where it needs a person. The time is that of the
 * last change of status.
 * https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
export function conditionsOf(
  project: Project,
  status: Pick<ProjectStatus, "phase" | "environments" | "stages" | "failure" | "findings" | "deploys">,
  words: Words,
  at: Date,
): Condition[] {
  const condition = (type: string, state: Condition["status"], reason: string, message: string): Condition => {
    const before = project.status.conditions.find((each) => each.type === type);
    return {
      type,
      status: state,
      reason,
      message,
      lastTransitionTime: before?.status === state ? before.lastTransitionTime : at.toISOString(),
      observedGeneration: project.metadata.generation,
    };
  };
  const stages = STAGES.flatMap((name) => {
    const rows = status.stages.filter(({ stage }) => stage === name);
    const row = ORDER.map((state) => rows.find((each) => each.state === state)).find((each) => each !== undefined);
    if (!row) return [];
    const { reason, params } = row;
    const facts = status.failure?.code === params.code ? { ...status.failure?.params, ...params } : params;
    const message =
      (reason === "Stalled" && findingSaid(String(params.code), facts, words)?.title) ||
      (reasonSaid(reason, params, words) ?? "");
    const rowed = { status: STATUS[row.state], reason, message };
    const reached = row.state !== "pending";
    const told = status.phase === "Live" ? stageNow(name, { ...rowed, reached }, project, status, words) : rowed;
    return [condition(`${pascal(name)}Ready`, told.status, pascal(told.reason), told.message)];
  });
  const broken =
    status.failure ??
    status.findings.find(({ severity, recoveredAt }) => severity === "fail" && recoveredAt === undefined);
  const moving =
    status.phase === "Launching" ||
    status.phase === "Removing" ||
    status.deploys.some(({ state }) => state === "running");
  const said = broken ? (findingSaid(broken.code, broken.params, words)?.title ?? broken.code) : "";
  const ready = status.phase === "Live" && !broken;
  return [
    ...stages,
    condition(
      "Ready",
      ready ? "True" : moving && !broken ? "Unknown" : "False",
      broken ? pascal(broken.code) : status.phase,
      said,
    ),
    ...(moving ? [condition("Reconciling", "True", status.phase === "Live" ? "Deploying" : status.phase, "")] : []),
    ...(broken ? [condition("Stalled", "True", pascal(broken.code), said)] : []),
  ];
}

/** `port-blocked` as a condition's reason: `PortBlocked`. */
function pascal(code: string): string {
  return code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
