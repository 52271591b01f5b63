import { expect, test } from "vitest";
import { withTimes } from "../../src/controller/with-times.ts";
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
  expect(row({}, 65)).toBe("0 of 2 pods ready, waiting for Deployment/rrr · for 1 min 5 s, usually 30 s");
});

test("a build's usual time is the project's own", () => {
  const build = { stage: "build", reason: "BuildQueued", params: { number: 7 } } as const;
  expect(row(build, 200, 120)).toBe("run #7 · queued · usually 2 min");
  expect(row(build, 250, 120)).toBe("run #7 · queued · for 4 min 10 s, usually 2 min");
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

test("since when somebody has not answered is told at once, whatever the row waited for before", () => {
  const since = Date.parse(BEGUN) + 40_000;
  const waits = { reason: "Underway", params: { of: "github", since } } as const;
  expect(row(waits, 47)).toBe("waiting for GitHub to answer · for 7 s");
  expect(row(waits, 3_640)).toBe("waiting for GitHub to answer · for 1 h 0 min");
});

test("a row's wait for an answer goes on from its first pass to its last, and begins anew after an answer", () => {
  const now = (reason: string, of: string) => ({ stage: "build", state: "waiting", reason, params: { of } }) as const;
  const first = withTimes(now("Underway", "github"), undefined, after(0));
  const second = withTimes(now("Unreadable", "github"), first, after(5));
  expect(second.params.since).toBe(Date.parse(BEGUN));
  const answered = withTimes(now("BuildQueued", ""), second, after(10));
  expect(answered.params.since).toBeUndefined();
  expect(withTimes(now("Underway", "github"), answered, after(20)).params.since).toBe(after(20).getTime());
});

test("a row that waits for another leaves it to that one", () => {
  for (const reason of [
    "ClusterPreparing",
    "RolloutWaitsForImage",
    "IngressAwaited",
    "CertificateAwaited",
    "ReachableAwaited",
  ] as const)
    expect(row({ reason, params: {} }, 3_600)).toBe(en.reasons[reason]({}));
});

test("what is done, failed or not begun has no such clock, nor has what was stopped", () => {
  for (const state of ["done", "failed", "pending", "skipped"] as const)
    expect(row({ state }, 3_600)).not.toContain("for 1 h");
  const stages = STAGES.map((stage) => ({ stage, state: "waiting", reason: "Underway", params: {}, startedAt: BEGUN }));
  const stopped = aProject({ status: { phase: "Cancelled", stages: stages as StageStatus[] } });
  for (const { detail } of launchRows(stopped, en, after(3_600))) expect(detail).not.toContain("for 1 h");
});

test("what is tried again says what keeps it from succeeding, and no call of a program", () => {
  const detail = "POST /orgs/acme/repos: other side closed";
  expect(row({ stage: "repository", reason: "Retrying", params: { code: "github-unreachable", detail } }, 1)).toBe(
    "trying again: Slipway cannot reach GitHub",
  );
  // As a version before stored it.
  expect(row({ stage: "repository", reason: "Retrying", params: { detail } }, 1)).toBe(`trying again: ${detail}`);
});
