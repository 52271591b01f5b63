import type { Diagnosis } from "../diagnosis/diagnose.ts";
import type { Finding } from "../project/finding.ts";
import type { Project, ProjectStatus, StageStatus } from "../project/project.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Step } from "../steps/step.ts";
import type { Template } from "../template/template.ts";
import type { Words } from "../words/words.ts";
import type { Acted } from "./act.ts";
import type { Begun } from "./begin.ts";
import { buildsOf } from "./builds-of.ts";
import { conditionsOf } from "./conditions-of.ts";
import { deploysOf } from "./deploys-of.ts";
import { expectedOf } from "./expected-of.ts";
import { ledgerOf } from "./ledger-of.ts";
import { findingStatus, mergeFindings } from "./merge-findings.ts";
import { stagesOf, stalledBy } from "./stages-of.ts";

const KEPT = { timeline: 100, history: 20 };

export interface Summary {
  acted: Acted;
  diagnosis: Diagnosis;
  snapshot: Snapshot;
  steps: readonly Step[];
  template: Template | undefined;
  words: Words;
  move: Begun["move"];
}

/** The status that says all of what was seen and done. Pure. */
export function summarize(summary: Summary): ProjectStatus {
  const { acted, snapshot, diagnosis, steps, template, words } = summary;
  const { project } = acted;
  const before = project.status;
  const at = snapshot.at;
  const idle = before.phase === "Cancelled" || before.phase === "Kept";
  const findings = mergeFindings(before.findings, diagnosis, at);
  const judged = idle
    ? before.stages
    : stagesOf(acted, before.stages, (stage) => steps.filter((step) => step.stage === stage).length, at);
  const stopping = idle ? undefined : (stalledBy(acted) ?? blocking(diagnosis));
  const launched = launch(before, judged, stopping, at);
  const status: ProjectStatus = {
    ...before,
    ...launched,
    findings,
    builds: buildsOf(before.builds, snapshot),
    ledger: ledgerOf(before.ledger, acted.made, at),
    deploys: deploysOf({ ...before, ...launched }, judged, stopping, snapshot),
  };
  status.expected = expectedOf(status.history, template?.buildSeconds);
  status.conditions = conditionsOf(project, status.stages, words, at);
  status.timeline = timelineOf(project, status, summary.move, at);
  return status;
}

/** Phase and stages of the launch; once live they stay as they were, later commits are deploys. */
function launch(
  before: ProjectStatus,
  stages: StageStatus[],
  stopping: Finding | undefined,
  at: Date,
): Pick<ProjectStatus, "phase" | "stages" | "failure" | "launch" | "history"> {
  const { launch: times, history } = before;
  if (before.phase !== "Launching" && before.phase !== "Failed")
    return { phase: before.phase, stages: before.stages, failure: before.failure, launch: times, history };
  if (stopping)
    return {
      phase: "Failed",
      stages,
      failure: findingStatus(stopping, sameAs(stopping, before.failure), at),
      launch: times,
      history,
    };
  if (!stages.every(({ state }) => state === "done" || state === "skipped"))
    return { phase: "Launching", stages, failure: undefined, launch: times, history };
  const finishedAt = times.finishedAt ?? at.toISOString();
  const total = seconds(times.startedAt, finishedAt);
  const build = stages.find(({ stage }) => stage === "build");
  return {
    phase: "Live",
    stages,
    failure: undefined,
    launch: { ...times, finishedAt },
    history: [
      ...history,
      { kind: "launch" as const, build: seconds(build?.startedAt, build?.finishedAt), total },
    ].slice(-KEPT.history),
  };
}

/** What the rules say that stops a launch though no step does: the port that outside cannot reach. */
function blocking({ findings }: Diagnosis): Finding | undefined {
  return findings.find(({ severity }) => severity === "fail");
}

function sameAs(finding: Finding, failure: ProjectStatus["failure"]): ProjectStatus["failure"] {
  return failure?.code === finding.code && failure.subject === finding.subject ? failure : undefined;
}

function timelineOf(project: Project, status: ProjectStatus, move: Begun["move"], at: Date): ProjectStatus["timeline"] {
  const told = project.status.timeline;
  const entries: ProjectStatus["timeline"] = [];
  const say = (reason: string, params: Record<string, string | number> = {}) =>
    entries.push({ at: at.toISOString(), reason, params });
  if (move) say("Asked", { intent: move.kind, by: move.by });
  if (told.length === 0) say("LaunchStarted");
  for (const stage of status.stages) {
    const was = project.status.stages.find((each) => each.stage === stage.stage);
    if (stage.state !== was?.state && (stage.state === "done" || stage.state === "failed"))
      say(stage.state === "done" ? "StageDone" : "StageFailed", { stage: stage.stage });
  }
  for (const finding of status.findings) {
    const was = project.status.findings.find((each) => each.code === finding.code && each.subject === finding.subject);
    if (!was || was.recoveredAt !== finding.recoveredAt)
      say(finding.recoveredAt === undefined ? "FindingSeen" : "FindingRecovered", {
        code: finding.code,
        subject: finding.subject,
      });
  }
  if (status.phase !== project.status.phase) say("PhaseChanged", { phase: status.phase });
  return entries.length === 0 ? told : [...told, ...entries].slice(-KEPT.timeline);
}

function seconds(from: string | undefined, to: string | undefined): number {
  return from === undefined || to === undefined ? 0 : Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}
