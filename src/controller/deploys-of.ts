import type { Finding } from "../project/finding.ts";
import { tagOf } from "../project/naming.ts";
import type { Deploy, ProjectStatus, StageStatus } from "../project/project.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Stage } from "../project/stage.ts";
import { findingStatus } from "./merge-findings.ts";

const KEPT = 10;
/** What of a launch's stages a later commit goes through. */
const PARTS: readonly Stage[] = ["build", "rollout", "reachable"];

/**
 * One entry a commit, the launch's the first. While a launch runs there is no other; once live, a new head begins one,
 * and one that is overtaken by a newer head is superseded.
 */
export function deploysOf(
  status: ProjectStatus,
  judged: StageStatus[],
  stopping: Finding | undefined,
  snapshot: Snapshot,
): Deploy[] {
  const { launch } = status;
  if (launch.sha === undefined) return status.deploys;
  const [first] = status.deploys;
  if (!first || launch.finishedAt === undefined || status.phase !== "Live") return [launchEntry(status)];
  // The launch's own entry ends as the launch does, whatever the head is by then and whether or not it can be read.
  const ended = first.sha === launch.sha && first.state !== "live" && status.deploys.length === 1;
  const deploys = ended ? [launchEntry(status)] : status.deploys;
  const head = snapshot.head.known ? snapshot.head.value : undefined;
  const last = deploys.at(-1);
  // What was judged in this pass was the launch's commit; the next pass judges the head.
  if (!head || !last || ended) return deploys;
  if (last.sha === head.sha)
    return [...deploys.slice(0, -1), last.state === "live" ? last : advanced(last, judged, stopping, snapshot.at)];
  const overtaken =
    last.state === "running" ? { ...last, state: "superseded" as const, finishedAt: snapshot.at.toISOString() } : last;
  const entry: Deploy = {
    sha: head.sha,
    tag: tagOf(head.sha),
    author: head.author,
    title: head.title,
    url: head.url,
    startedAt: snapshot.at.toISOString(),
    state: "running",
    stages: [],
  };
  return [...deploys.slice(0, -1), overtaken, advanced(entry, judged, stopping, snapshot.at)].slice(-KEPT);
}

function launchEntry({ launch, phase, stages, environments }: ProjectStatus): Deploy {
  const sha = launch.sha ?? "";
  return {
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

function advanced(deploy: Deploy, judged: StageStatus[], stopping: Finding | undefined, at: Date): Deploy {
  const stages = judged
    .filter(({ stage }) => PARTS.includes(stage))
    .map((stage) =>
      withTimes(
        stage,
        deploy.stages.find((each) => each.stage === stage.stage),
        at,
      ),
    );
  if (stopping)
    return {
      ...deploy,
      stages,
      state: "failed",
      failure: findingStatus(stopping, deploy.failure, at),
      finishedAt: deploy.finishedAt ?? at.toISOString(),
    };
  const live = stages.every(({ state }) => state === "done" || state === "skipped");
  const { failure: _, finishedAt: __, ...rest } = deploy;
  return live
    ? { ...rest, stages, state: "live", finishedAt: at.toISOString() }
    : { ...rest, stages, state: "running" };
}

/** The launch's times are not this deploy's. */
function withTimes(now: StageStatus, was: StageStatus | undefined, at: Date): StageStatus {
  const { startedAt: _, finishedAt: __, ...rest } = now;
  const begun = now.state === "pending" ? undefined : (was?.startedAt ?? at.toISOString());
  const ended = now.state === "done" || now.state === "skipped" ? (was?.finishedAt ?? at.toISOString()) : undefined;
  return { ...rest, ...(begun ? { startedAt: begun } : {}), ...(ended ? { finishedAt: ended } : {}) };
}
