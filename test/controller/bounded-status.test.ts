import { expect, test } from "vitest";
import { keptMessages } from "../../src/project/kept-messages.ts";
import type { ProjectStatus } from "../../src/project/project.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

/** As a messenger that posts at once whatever is not recorded; returns the keys that it posted. */
function deliver(world: MemoryWorld): string[] {
  const stored = world.projects.stored.get("rrr");
  const { delivered } = world.controller;
  if (!stored) return [];
  const isTold = (key: string) =>
    key in stored.status.messages || delivered.some((each) => "key" in each && each.key === key);
  const posted = thread(stored, en, world.now()).filter(({ key }) => !isTold(key));
  for (const { key, channel, digest } of posted) {
    const record = { channel, ts: "1772359200.000100", digest, at: world.now().toISOString() };
    delivered.push({ project: "rrr", uid: "project-1", key, record });
  }
  return posted.map(({ key }) => key);
}

async function launched() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  const told = deliver(world);
  await world.pass();
  return { world, told };
}

async function deployed(world: MemoryWorld, title: string): Promise<string[]> {
  const sha = world.github.push("acme/rrr", title);
  const last = () => world.status().deploys.at(-1);
  const told: string[] = [];
  await world.until(() => {
    told.push(...deliver(world));
    return last()?.sha === sha && last()?.state !== "running";
  });
  await world.pass();
  return told;
}

const bytes = (status: ProjectStatus) =>
  Object.fromEntries(Object.entries(status).map(([key, value]) => [key, JSON.stringify(value ?? "").length]));
const cards = ({ messages }: ProjectStatus) => Object.keys(messages).filter((key) => key.startsWith("deploy/"));

test("what is remembered of deploys is as large after forty as after fifteen, and nothing is told twice", async () => {
  const { world, told } = await launched();
  let early: Record<string, number> = {};
  for (let deploy = 1; deploy <= 40; deploy += 1) {
    // One in five comes to nothing, and is told so.
    world.github.build.conclusion = deploy % 5 === 0 ? "failure" : "success";
    told.push(...(await deployed(world, `Deploy ${String(deploy).padStart(3, "0")}`)));
    if (deploy === 15) early = bytes(world.status());
  }
  const status = world.status();
  const late = bytes(status);
  for (const part of ["deploys", "builds", "ledger", "environments", "stages", "conditions"])
    expect(late[part], part).toBeLessThan(1.1 * (early[part] ?? 0));
  // As many as there are, and the findings that are remembered beside them.
  expect(cards(status)).toHaveLength(status.deploys.length);
  expect(Object.keys(status.messages).length).toBeLessThan(50);
  expect(status.timeline.length).toBeLessThanOrEqual(100);
  const once = told.filter((key) => key.startsWith("deploy/"));
  expect(once).toHaveLength(40);
  expect(new Set(told).size).toBe(told.length);
  // Nor is anything of what was forgotten told later.
  expect(deliver(world)).toEqual([]);
}, 120_000);

test("a status that has grown for a thousand deploys is pruned at its next pass, and tells nothing anew", async () => {
  const { world } = await launched();
  await deployed(world, "Second");
  deliver(world);
  await world.pass();
  const before = JSON.stringify(world.status()).length;
  const stored = world.projects.stored.get("rrr");
  const record = { channel: "C0", ts: "1772359200.000100", digest: "0123456789abcdef", at: "2026-03-01T10:00:00.000Z" };
  for (let old = 0; old < 1_000; old += 1) {
    const sha = old.toString(16).padStart(40, "0");
    for (const key of [
      `deploy/${sha}`,
      `deploy/${sha}/failure`,
      `finding/build-failed/run/${old}/1`,
      `retry/retry-${old}`,
    ])
      if (stored) stored.status.messages[key] = record;
  }
  expect(JSON.stringify(world.status()).length).toBeGreaterThan(400_000);
  await world.pass();
  // Fifty retries and ten findings, and no more.
  expect(JSON.stringify(world.status()).length).toBeLessThan(before + 10_000);
  expect(Object.keys(world.status().messages).filter((key) => key.startsWith("finding/"))).toHaveLength(10);
  expect(deliver(world)).toEqual([]);
});

const at = "2026-03-01T10:00:00.000Z";
const finding = {
  ...{
    code: "build-failed",
    subject: "run/7/1",
    severity: "fail" as const,
    evidence: "",
    seenFrom: "github",
    params: {},
  },
  ...{ remedies: [], since: at, lastSeen: at, count: 1 },
};
const deploy = {
  sha: "3f2a",
  tag: "3f2a",
  author: "",
  title: "",
  url: "",
  startedAt: at,
  state: "live" as const,
  stages: [],
};
const kept = (key: string, status: Partial<ProjectStatus>) =>
  key in keptMessages({ [key]: { at } }, { deploys: [], findings: [], ...status });

test.each([
  ["launch", {}, true],
  ["milestone/image", {}, true],
  ["deploy/3f2a", { deploys: [{ ...deploy, id: "3f2a" }] }, true],
  ["deploy/3f2a.2", { deploys: [{ ...deploy, id: "3f2a.2" }] }, true],
  ["deploy/3f2a", { deploys: [{ ...deploy, id: "3f2a.2" }] }, false],
  // Of the version before, without an id and with its failure apart.
  ["deploy/3f2a/failure", { deploys: [deploy] }, true],
  ["deploy/3f2a/failure", {}, false],
  ["deploy/3f2a", {}, false],
  // It keeps its place in the thread of a deploy that is forgotten.
  ["finding/build-failed/run/7/1", { findings: [finding] }, true],
  ["finding/build-failed/run/7/1", { findings: [{ ...finding, recoveredAt: at }] }, true],
  ["finding/build-failed/run/7/1", { failure: finding }, true],
  ["retry/retry-1", {}, true],
] as [string, Partial<ProjectStatus>, boolean][])("the record of %s, with %j: kept %s", (key, status, is) => {
  expect(kept(key, status)).toBe(is);
});

test("of findings that are no longer remembered the newest messages are", () => {
  const messages = Object.fromEntries(
    Array.from({ length: 12 }, (_, second) => [
      `finding/build-failed/run/${second + 100}/1`,
      { at: new Date(Date.parse(at) + second * 1_000).toISOString() },
    ]),
  );
  expect(Object.keys(keptMessages(messages, { deploys: [], findings: [finding], failure: undefined }))).toEqual([
    ...Array.from({ length: 10 }, (_, index) => `finding/build-failed/run/${index + 102}/1`),
  ]);
});
