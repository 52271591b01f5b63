import type { Diagnosis } from "../diagnosis/diagnose.ts";
import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import type { Facts } from "../facts/facts.ts";
import { nowOf } from "../facts/now-of.ts";
import type { Finding } from "../project/finding.ts";
import { isScaled } from "../project/is-scaled.ts";
import { lastWish } from "../project/last-wish.ts";
import type {
  Deploy,
  Environment,
  EnvironmentStatus,
  FindingStatus,
  Project,
  ProjectStatus,
  StageStatus,
} from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import { tagToLookUp } from "../project/tag-to-look-up.ts";
import type { Step } from "../steps/step.ts";
import type { Template } from "../template/template.ts";
import type { Words } from "../words/words.ts";
import type { Acted } from "./act.ts";
import type { Begun } from "./begin.ts";
import { buildsOf } from "./builds-of.ts";
import { checkedFindings } from "./checked-findings.ts";
import { conditionsOf } from "./conditions-of.ts";
import { deploysOf } from "./deploys-of.ts";
import { expectedOf } from "./expected-of.ts";
import { ledgerOf } from "./ledger-of.ts";
import { findingStatus, mergeFindings } from "./merge-findings.ts";
import { stagesOf } from "./stages-of.ts";
import { stoppedBefore } from "./stopped-before.ts";

const KEPT = { timeline: 100, history: 20 };
/** That may wait its turn behind other writes, and GitHub lists a run as it was for a moment after it was asked to run again. */
const RUN_AGAIN_MS = 60_000;

export interface Summary {
  acted: Acted;
  /** Made sure of. */
  findings: readonly Finding[];
  unknown: Diagnosis["unknown"];
  facts: Facts;
  settings: Settings;
  steps: readonly Step[];
  template: Template | undefined;
  words: Words;
  begun: Pick<Begun, "wishes" | "retrying">;
}

/** The status that says all of what was seen and done. Pure. */
export function summarize(summary: Summary): ProjectStatus {
  const { acted, facts, steps, template, words } = summary;
  const { project } = acted;
  const before = project.status;
  const { at } = facts;
  const idle = before.phase === "Cancelled" || before.phase === "Kept";
  const environments = facts.environments.map(({ environment }) => environment.name);
  const merged = mergeFindings(before.findings, { ...summary, environments }, at, stoppedBefore(before));
  const looked = { ...summary.begun, environments: facts.environments, unknown: summary.unknown, at };
  const findings = checkedFindings(merged, looked);
  // What was found before a person pressed Retry is looked at once more before it stops anything again.
  const again = (found: FindingStatus) => summary.begun.retrying || isRunAgain(found, project, at);
  const stopping = idle ? [] : findings.filter((found) => !again(found)).flatMap(stoppingNow);
  const rows = idle ? before.stages : stagesOf({ acted, steps, environments, findings: stopping }, before.stages, at);
  const stopped = rows.flatMap((row) => (row.state === "failed" ? (stopping.find(isOf(row)) ?? []) : []))[0];
  const launched = launch(before, rows, idle ? undefined : stopped, at);
  const here = facts.environments.map((each) => environmentStatus(project, each, summary));
  const status: ProjectStatus = { ...before, ...launched, environments: here, findings };
  if (status.phase === "Live") status.preflight = undefined;
  status.deploys = deploysOf({ ...project, status }, status, { rows, stopping, facts });
  status.builds = buildsOf(before.builds, facts);
  status.ledger = ledgerOf(before.ledger, acted, at);
  status.history = historyOf(before, launched, status.deploys);
  status.expected = expectedOf(status.history, template?.buildSeconds);
  // What the steps came to in this pass: the rows of the launch are history by then.
  status.conditions = conditionsOf(project, { ...status, stages: rows }, words, at);
  status.timeline = timelineOf(project, status, summary.begun.wishes, at);
  return status;
}

/** A failed build that somebody has just had run again: its new attempt may not be listed yet. */
function isRunAgain({ stage, since }: FindingStatus, project: Project, at: Date): boolean {
  const retry = lastWish(project, "retry");
  if (stage !== "build" || !retry || !project.status.handled.includes(retry.id)) return false;
  const pressed = new Date(retry.at).getTime();
  return new Date(since).getTime() <= pressed && at.getTime() - pressed < RUN_AGAIN_MS;
}

/** Open and stopping a row; as it is known by now. */
function stoppingNow(found: FindingStatus): Finding[] {
  const { lastSeen: _, recoveredAt, since, severity, ...finding } = found;
  if (recoveredAt !== undefined || found.stage === undefined || severity === "wait") return [];
  return [{ ...finding, severity, since: new Date(since) }];
}

function isOf(row: StageStatus) {
  return ({ stage, environment, code }: Finding) =>
    stage === row.stage && code === row.params.code && (row.environment ?? environment) === environment;
}

function environmentStatus(
  project: Project,
  here: EnvironmentFacts,
  { settings, facts: { at, pinned } }: Pick<Summary, "settings" | "facts">,
): EnvironmentStatus {
  const { name } = here.environment;
  const known = project.status.environments.find((each) => each.name === name);
  const launchedReplicas = known?.launchedReplicas ?? here.environment.replicas;
  const scaledSince = known?.scaledSince ?? (isScaled(here.environment, known) ? at.toISOString() : undefined);
  return {
    ...known,
    name,
    launchedReplicas,
    ...(scaledSince === undefined ? {} : { scaledSince }),
    tagged: taggedOf(here.environment, project, pinned),
    now: nowOf(project, here, settings, at),
  };
}

/** What GitHub said of the tag that it is pinned to, so that it is not asked again. */
function taggedOf(environment: Environment, { status }: Project, pinned: Facts["pinned"]): EnvironmentStatus["tagged"] {
  const tag = tagToLookUp(environment, status);
  const before = status.environments.find(({ name }) => name === environment.name)?.tagged;
  if (tag === undefined) return before?.tag === environment.tag ? before : undefined;
  const look = pinned[tag];
  if (!look?.known) return undefined;
  // A branch, too, may have a name that looks like a commit's.
  return look.value?.sha.startsWith(tag) ? { tag, sha: look.value.sha } : { tag };
}

/** Phase and stages of the launch; once live they stay as they were, later commits are deploys. */
function launch(
  before: ProjectStatus,
  stages: StageStatus[],
  stopping: Finding | undefined,
  at: Date,
): Pick<ProjectStatus, "phase" | "stages" | "failure" | "launch"> {
  const { launch: times } = before;
  if (before.phase !== "Launching" && before.phase !== "Failed")
    return { phase: before.phase, stages: before.stages, failure: before.failure, launch: times };
  if (stopping)
    return {
      phase: "Failed",
      stages,
      failure: findingStatus(stopping, sameAs(stopping, before.failure), at),
      launch: times,
    };
  if (!stages.every(({ state }) => state === "done" || state === "skipped"))
    return { phase: "Launching", stages, failure: undefined, launch: times };
  const finishedAt = times.finishedAt ?? at.toISOString();
  return { phase: "Live", stages, failure: undefined, launch: { ...times, finishedAt } };
}

/** One more entry when the launch, or a later deploy, has come live in this pass. */
function historyOf(
  before: ProjectStatus,
  launched: Pick<ProjectStatus, "phase" | "stages" | "launch">,
  deploys: Deploy[],
): ProjectStatus["history"] {
  const launchedNow = launched.phase === "Live" && before.phase !== "Live";
  const was = (deploy: Deploy) => before.deploys.find(({ id, sha }) => (id ?? sha) === (deploy.id ?? deploy.sha));
  const deployed = deploys.find((deploy) => deploy.state === "live" && was(deploy)?.state !== "live");
  const entry = launchedNow
    ? tookOf("launch", launched.launch, launched.stages)
    : before.phase === "Live" && deployed
      ? tookOf("deploy", deployed, deployed.stages)
      : undefined;
  return entry === undefined ? before.history : [...before.history, entry].slice(-KEPT.history);
}

function tookOf(
  kind: "launch" | "deploy",
  { startedAt, finishedAt }: { startedAt?: string; finishedAt?: string },
  stages: StageStatus[],
): ProjectStatus["history"][number] {
  const build = stages.find(({ stage }) => stage === "build");
  return { kind, build: seconds(build?.startedAt, build?.finishedAt), total: seconds(startedAt, finishedAt) };
}

function sameAs(finding: Finding, failure: ProjectStatus["failure"]): ProjectStatus["failure"] {
  return failure?.code === finding.code && failure.subject === finding.subject ? failure : undefined;
}

function timelineOf(
  project: Project,
  status: ProjectStatus,
  wishes: Begun["wishes"],
  at: Date,
): ProjectStatus["timeline"] {
  const told = project.status.timeline;
  const entries: ProjectStatus["timeline"] = [];
  const say = (reason: string, params: Record<string, string | number> = {}) =>
    entries.push({ at: at.toISOString(), reason, params });
  for (const { kind, by } of wishes) say("Asked", { intent: kind, by });
  if (told.length === 0) say("LaunchStarted");
  for (const stage of status.stages) {
    const was = project.status.stages.find((each) => each.stage === stage.stage);
    if (stage.state !== was?.state && (stage.state === "done" || stage.state === "failed"))
      say(stage.state === "done" ? "StageDone" : "StageFailed", { stage: stage.stage });
  }
  for (const finding of status.findings) {
    const was = project.status.findings.find((each) => each.code === finding.code && each.subject === finding.subject);
    if (!was || was.recoveredAt !== finding.recoveredAt)
      say(finding.recoveredAt === undefined ? "FindingSeen" : finding.unlooked ? "FindingLeft" : "FindingRecovered", {
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
