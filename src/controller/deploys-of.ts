import type { Facts } from "../facts/facts.ts";
import type { Finding } from "../project/finding.ts";
import { tagOf } from "../project/naming.ts";
import type { Commit } from "../project/ports/github.ts";
import type { Deploy, Project, ProjectStatus, StageStatus } from "../project/project.ts";
import type { Stage } from "../project/stage.ts";
import { findingStatus } from "./merge-findings.ts";

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

/**
 * The launch's entry first. Once live, a new head begins a deploy, one for all environments that follow the branch, and one
 * that is overtaken by a newer head is superseded; an environment that is pinned to another commit begins one of its own.
 */
export function deploysOf(project: Project, status: ProjectStatus, judged: Judged): Deploy[] {
  const { launch } = status;
  if (launch.sha === undefined) return status.deploys;
  const [first] = status.deploys;
  if (!first || launch.finishedAt === undefined || status.phase !== "Live") return [launchEntry(status)];
  // The launch's own entry ends as the launch does, whatever the head is by then and whether or not it can be read.
  const ended = first.sha === launch.sha && first.state !== "live" && status.deploys.length === 1;
  // What was judged in this pass was the launch's commit; the next pass judges the head.
  if (ended) return [launchEntry(status)];
  const begun = [...pushed(project, status.deploys, judged), ...pinned(project, status, judged)];
  const all = [...overtaken(status.deploys, begun, judged.facts.at), ...begun];
  return all.map((deploy) => advanced(deploy, project, judged)).slice(-KEPT);
}

/** A new head of the branch, where anybody follows that. */
function pushed({ spec }: Project, deploys: Deploy[], { facts }: Judged): Deploy[] {
  const head = facts.head.known ? facts.head.value : undefined;
  const last = deploys.findLast(({ reason }) => reason !== "pin");
  // One that was held back somewhere goes on there once the pin is gone.
  const unpinned = spec.environments.some(({ name, follow }) => follow === "branch" && last?.heldBack?.includes(name));
  if (!head || (last?.sha === head.sha && !unpinned)) return [];
  const heldBack = spec.environments.flatMap(({ name, follow }) => (follow === "pinned" ? [name] : []));
  return [{ ...entryOf(head, deploys, facts.at), reason: "push", ...(heldBack.length > 0 ? { heldBack } : {}) }];
}

/** An environment that was pinned, to a commit that it does not run. */
function pinned({ spec }: Project, status: ProjectStatus, { facts }: Judged): Deploy[] {
  return spec.environments.flatMap(({ name, follow, commit: sha }): Deploy[] => {
    if (follow !== "pinned" || sha === undefined) return [];
    const last = status.deploys.findLast(
      ({ reason, environments }) => reason === "pin" && environments?.includes(name) === true,
    );
    const runs = status.environments.find((each) => each.name === name)?.released;
    if (last?.sha === sha || (last === undefined && runs === sha)) return [];
    const known = status.deploys.find((each) => each.sha === sha);
    const { author = "", title = "", url = "" } = known ?? {};
    const commit = { sha, author, title, url };
    return [{ ...entryOf(commit, status.deploys, facts.at), reason: "pin", environments: [name] }];
  });
}

function entryOf(commit: Pick<Commit, "sha" | "author" | "title" | "url">, deploys: Deploy[], at: Date): Deploy {
  const { sha, author, title, url } = commit;
  const before = deploys.filter((each) => each.sha === sha).length;
  return {
    id: before === 0 ? sha : `${sha}.${before + 1}`,
    sha,
    tag: tagOf(sha),
    author,
    title,
    url,
    startedAt: at.toISOString(),
    state: "running",
    stages: [],
  };
}

function overtaken(deploys: Deploy[], begun: Deploy[], at: Date): Deploy[] {
  return deploys.map((deploy) => {
    const newer = begun.find(({ reason, environments }) =>
      reason === "pin"
        ? deploy.reason === "pin" && deploy.environments?.[0] === environments?.[0]
        : deploy.reason !== "pin",
    );
    if (!newer || deploy.state !== "running") return deploy;
    return {
      ...deploy,
      state: "superseded" as const,
      finishedAt: at.toISOString(),
      stages: deploy.stages.map((stage) => atRest(stage)),
    };
  });
}

/** Nothing goes on in it any more. */
function atRest({ finishedAt: _, ...stage }: StageStatus): StageStatus {
  return stage.state === "waiting" || stage.state === "pending"
    ? { ...stage, state: "pending", reason: "Superseded", params: {} }
    : { ...stage, ...(_ === undefined ? {} : { finishedAt: _ }) };
}

/** Somebody stopped it: no failure. */
function cancelled({ params, ...stage }: StageStatus): StageStatus {
  return { ...stage, state: "skipped", reason: "BuildCancelled", params: { number: params.number ?? "" } };
}

function launchEntry({ launch, phase, stages, environments, deploys }: ProjectStatus): Deploy {
  const sha = launch.sha ?? "";
  return {
    ...deploys[0],
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

/** How far one has come. What has ended stays so, but for one that failed: a retry, or a run again on GitHub, may mend it. */
function advanced(deploy: Deploy, project: Project, { rows, stopping, facts }: Judged): Deploy {
  if (deploy.state !== "running" && deploy.state !== "failed") return deploy;
  const wanted = isWanted(deploy, project, facts);
  if (!wanted) return deploy;
  const goesTo = (named: string | undefined) => {
    // The rows of an only environment do not say its name.
    const environment =
      named ?? (project.spec.environments.length === 1 ? project.spec.environments[0]?.name : undefined);
    if (environment === undefined) return true;
    return deploy.environments ? deploy.environments.includes(environment) : !deploy.heldBack?.includes(environment);
  };
  const stages = rows
    .filter(({ stage, environment }) => stage === "build" || (PARTS.includes(stage) && goesTo(environment)))
    .filter(({ stage }) => deploy.reason !== "pin" || stage !== "build")
    .map((row) =>
      withTimes(
        row,
        deploy.stages.find((each) => isSame(each, row)),
        facts.at,
      ),
    );
  const at = facts.at.toISOString();
  const stopped = stopping.find(
    ({ environment, stage }) => stage === "build" || (stage && PARTS.includes(stage) && goesTo(environment)),
  );
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

/** Of the deploys of one commit the newest is the one that is under way. */
function isWanted(deploy: Deploy, { spec, status }: Project, { head }: Facts): boolean {
  const newest = (of: (each: Deploy) => boolean) => status.deploys.findLast(of);
  if (deploy.reason === "pin") {
    const [name] = deploy.environments ?? [];
    const environment = spec.environments.find((each) => each.name === name);
    if (environment?.follow !== "pinned" || environment.commit !== deploy.sha) return false;
    const last = newest(({ reason, environments }) => reason === "pin" && environments?.[0] === name);
    return last === undefined || last.sha === deploy.sha;
  }
  return head.known && head.value?.sha === deploy.sha;
}

/** It may run the image of a commit before it. */
function tagRun(deploy: Deploy, { status }: Project): string {
  const there = deploy.environments?.[0];
  const found = status.environments.find(({ name }) => there === undefined || name === there);
  return found?.released === deploy.sha ? (found.tag ?? deploy.tag) : deploy.tag;
}

function isSame(a: StageStatus, b: StageStatus): boolean {
  return a.stage === b.stage && a.environment === b.environment;
}

/** The launch's times are not this deploy's. */
function withTimes(now: StageStatus, was: StageStatus | undefined, at: Date): StageStatus {
  const { startedAt: _, finishedAt: __, ...rest } = now;
  const begun = now.state === "pending" ? undefined : (was?.startedAt ?? at.toISOString());
  const ended = now.state === "done" || now.state === "skipped" ? (was?.finishedAt ?? at.toISOString()) : undefined;
  return { ...rest, ...(begun ? { startedAt: begun } : {}), ...(ended ? { finishedAt: ended } : {}) };
}
