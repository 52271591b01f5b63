import type { Facts } from "../facts/facts.ts";
import type { Finding } from "../project/finding.ts";
import { goesTo } from "../project/goes-to.ts";
import { tagOf } from "../project/naming.ts";
import { pinOf } from "../project/pin-of.ts";
import type { Deploy, Project, ProjectStatus, StageStatus } from "../project/project.ts";
import type { Stage } from "../project/stage.ts";
import { isCancelled } from "../project/vain-deploy.ts";
import { atRest, beginDeploys } from "./begin-deploys.ts";
import { findingStatus } from "./merge-findings.ts";
import { withTimes } from "./with-times.ts";

const KEPT = 10;
/** What of a launch's stages a later commit goes through. */
const PARTS: readonly Stage[] = ["build", "rollout", "ingress", "reachable"];

/** What was judged in this pass. */
export interface Judged {
  rows: StageStatus[];
  /** Open, confirmed, and stopping a row. */
  stopping: readonly Finding[];
  facts: Facts;
}

/** The launch's entry first; what begins later, and what gives way to it, is begin-deploys.ts's to say. */
export function deploysOf(project: Project, status: ProjectStatus, judged: Judged): Deploy[] {
  const { launch } = status;
  if (launch.sha === undefined) return status.deploys;
  const [first] = status.deploys;
  if (!first || launch.finishedAt === undefined || status.phase !== "Live") return [launchEntry(status)];
  // The launch's own entry ends as the launch does, whatever the head is by then and whether or not it can be read.
  const ended = first.sha === launch.sha && first.state !== "live" && status.deploys.length === 1;
  // What was judged in this pass was the launch's commit; the next pass judges the head.
  if (ended) return [launchEntry(status)];
  const all = beginDeploys(project, judged.facts);
  const kept = newest(all, project);
  return kept.map((deploy) =>
    isUnderWay(deploy, kept, project, judged.facts) ? advanced(deploy, project, judged) : deploy,
  );
}

/** And, of each environment, what went there last: an old pin that were forgotten would be begun anew. */
function newest(all: Deploy[], { spec }: Project): Deploy[] {
  const last = [
    all.findLast(({ reason }) => reason !== "pin"),
    ...spec.environments.map(({ name }) => all.findLast((deploy) => goesTo(name, deploy))),
  ];
  return all.filter((deploy, index) => index >= all.length - KEPT || last.includes(deploy));
}

/** Somebody stopped it: no failure. */
function cancelled({ params, ...stage }: StageStatus): StageStatus {
  return { ...stage, state: "skipped", reason: "BuildCancelled", params: { number: params.number ?? "" } };
}

function launchEntry({ launch, phase, stages, environments, deploys }: ProjectStatus): Deploy {
  const sha = launch.sha ?? "";
  return {
    ...deploys[0],
    reason: "launch",
    sha,
    tag: environments[0]?.tag ?? tagOf(sha),
    author: "",
    title: "",
    url: "",
    startedAt: launch.startedAt ?? "",
    ...(launch.finishedAt === undefined ? {} : { finishedAt: launch.finishedAt }),
    state: phase === "Live" ? "live" : phase === "Launching" ? "running" : "failed",
    stages: stages.filter(({ stage }) => PARTS.includes(stage)),
  };
}

/** How far one has come. */
function advanced(deploy: Deploy, project: Project, { rows, stopping, facts }: Judged): Deploy {
  const only = project.spec.environments.length === 1 ? project.spec.environments[0]?.name : undefined;
  const isPart = ({ stage, environment = only }: { stage?: Stage | undefined; environment?: string | undefined }) => {
    // What a pin takes was built before.
    if (stage === "build") return deploy.reason !== "pin";
    return stage !== undefined && PARTS.includes(stage) && (environment === undefined || goesTo(environment, deploy));
  };
  // The launch's times are not this deploy's.
  const stages = rows.filter(isPart).map(({ startedAt: _, finishedAt: __, ...row }) =>
    withTimes(
      row,
      deploy.stages.find((each) => isSame(each, row)),
      facts.at,
    ),
  );
  const at = facts.at.toISOString();
  const stopped = stopping.find(isPart);
  const failed = stopped && stages.some(({ state }) => state === "failed");
  if (failed && stopped.code === "build-cancelled")
    return {
      ...deploy,
      stages: stages.map((stage) => (stage.state === "failed" ? cancelled(stage) : atRest(stage))),
      state: "superseded",
      finishedAt: deploy.finishedAt ?? at,
    };
  if (failed)
    return {
      ...deploy,
      stages,
      state: "failed",
      failure: findingStatus(stopped, deploy.failure, facts.at),
      finishedAt: deploy.finishedAt ?? at,
    };
  const live = stages.length > 0 && stages.every(({ state }) => state === "done" || state === "skipped");
  const { finishedAt: _, failure, ...rest } = deploy;
  // What had stopped it is remembered: its message says that it is over.
  const mended = failure && { failure: failure.recoveredAt ? failure : { ...failure, recoveredAt: at } };
  // Built, and pinned environments are all there is: it goes nowhere.
  if (live && project.spec.environments.every(({ name }) => deploy.heldBack?.includes(name)))
    return { ...rest, ...mended, stages, state: "superseded", finishedAt: at };
  return live
    ? { ...rest, ...mended, stages, tag: tagRun(deploy, project), state: "live", finishedAt: at }
    : { ...rest, ...mended, stages, state: "running" };
}

/**
 * It is still wanted. What has ended stays so, but for one that failed or was cancelled: a retry, or a run again on GitHub,
 * may mend it. Of those that were begun for the same places the newest is meant.
 */
function isUnderWay(deploy: Deploy, all: Deploy[], { spec, status }: Project, { head }: Facts): boolean {
  if (deploy.state !== "running" && deploy.state !== "failed" && !isCancelled(deploy)) return false;
  if (deploy.reason !== "pin")
    return head.known && head.value?.sha === deploy.sha && all.findLast(({ reason }) => reason !== "pin") === deploy;
  const [name] = deploy.environments ?? [];
  const here = spec.environments.find((each) => each.name === name);
  const newest = all.findLast(({ reason, environments }) => reason === "pin" && environments?.[0] === name);
  const pin = here && pinOf(here, status);
  return pin?.sha === deploy.sha && (pin.tag === undefined || pin.tag === deploy.tag) && newest === deploy;
}

/** It may run the image of a commit before it. */
function tagRun(deploy: Deploy, { status }: Project): string {
  const runs = status.environments.find(({ name, released }) => released === deploy.sha && goesTo(name, deploy));
  return runs?.tag ?? deploy.tag;
}

function isSame(a: StageStatus, b: StageStatus): boolean {
  return a.stage === b.stage && a.environment === b.environment;
}
