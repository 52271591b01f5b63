import { expect, test } from "vitest";
import type { StageStatus } from "../../src/project/project.ts";
import { STAGES } from "../../src/project/stage.ts";
import { launchRows } from "../../src/slack/views/launch-rows.ts";
import { stageRows } from "../../src/slack/views/stage-rows.ts";
import { en } from "../../src/words/en/index.ts";
import { aProject } from "./a-project.ts";

const BEGUN = "2026-03-01T10:00:00Z";
const after = (seconds: number) => new Date(Date.parse(BEGUN) + seconds * 1000);

function row(stage: Partial<StageStatus>, seconds: number, usualBuild?: number): string | undefined {
  const waiting: StageStatus = {
    stage: "rollout",
    state: "waiting",
    reason: "RolloutProgressing",
    params: { ready: 0, wanted: 2, workload: "Deployment/rrr" },
    startedAt: BEGUN,
    ...stage,
  };
  return stageRows([waiting], en, { all: false, usualBuild, now: after(seconds) })[0]?.detail;
}

test("what has waited twice its usual time says so, and what it is waiting for", () => {
  expect(row({}, 59)).toBe("0 of 2 pods ready, waiting for Deployment/rrr");
  expect(row({}, 65)).toBe("0 of 2 pods ready, waiting for Deployment/rrr · for 1:05 already, usually 30 s");
});

test("a build's usual time is the project's own", () => {
  const build = { stage: "build", reason: "BuildQueued", params: { number: 7 } } as const;
  expect(row(build, 200, 120)).toBe("run #7 · queued · usually 2 min");
  expect(row(build, 250, 120)).toBe("run #7 · queued · for 4:10 already, usually 2 min");
  expect(row(build, 250)).toBe("run #7 · queued");
});

test("who does not answer is named", () => {
  const hangs = (of: string) => row({ reason: "Underway", params: { of } }, 1);
  expect(["github", "registry", "cluster"].map(hangs)).toEqual([
    "waiting for GitHub to answer",
    "waiting for the registry to answer",
    "waiting for the cluster to answer",
  ]);
});

test("a row that waits for another leaves it to that one", () => {
  for (const reason of [
    "ClusterPreparing",
    "RolloutWaitsForImage",
    "IngressAwaited",
    "CertificateAwaited",
    "ReachableAwaited",
  ])
    expect(row({ reason, params: {} }, 3_600)).toBe(en.reasons[reason]?.({}));
});

test("what is done, failed or not begun has no such clock, nor has what was stopped", () => {
  for (const state of ["done", "failed", "pending", "skipped"] as const)
    expect(row({ state }, 3_600)).not.toContain("already");
  const stages = STAGES.map((stage) => ({ stage, state: "waiting", reason: "Underway", params: {}, startedAt: BEGUN }));
  const stopped = aProject({ status: { phase: "Cancelled", stages: stages as StageStatus[] } });
  for (const { detail } of launchRows(stopped, en, after(3_600))) expect(detail).not.toContain("already");
});
