import { expect, test } from "vitest";
import { laterDeploys } from "../../src/project/later-deploys.ts";
import type { Deploy } from "../../src/project/project.ts";
import { vainDeploy } from "../../src/project/vain-deploy.ts";

const deploy = (sha: string, given: Partial<Deploy> = {}): Deploy => ({
  sha,
  tag: sha,
  author: "",
  title: "",
  url: "",
  startedAt: "2026-03-01T10:00:00.000Z",
  state: "live",
  stages: [],
  ...given,
});
const cancelled: Deploy["stages"] = [{ stage: "build", state: "skipped", reason: "BuildCancelled", params: {} }];
const failed = { state: "failed" } as const;
const pin = { reason: "pin", environments: ["staging"] } as const;
const pinned = { ...pin, environments: [...pin.environments] };

test.each<[string, Deploy[], string | undefined]>([
  ["none", [], undefined],
  ["one that is live", [deploy("a")], undefined],
  ["one that failed", [deploy("a"), deploy("b", failed)], "b"],
  ["one that failed and was overtaken", [deploy("b", failed), deploy("c")], undefined],
  ["one that was cancelled", [deploy("b", { state: "superseded", stages: cancelled })], "b"],
  ["one that was overtaken while it was built", [deploy("b", { state: "superseded" })], undefined],
  ["one that failed before a pin went well", [deploy("b", failed), deploy("a", pinned)], "b"],
  ["a pin that failed after a push went well", [deploy("b"), deploy("a", { ...pinned, ...failed })], "a"],
])("what came to nothing, of %s", (_, deploys, sha) => {
  expect(vainDeploy({ deploys })?.sha).toBe(sha);
});

test.each<[string, Deploy[], string[]]>([
  ["as they were stored before they had reasons", [deploy("a"), deploy("b")], ["b"]],
  ["the same, the launch's forgotten by now", [deploy("b"), deploy("c")], ["b", "c"]],
  ["by their reasons", [deploy("a", { reason: "launch" }), deploy("b", { reason: "push" })], ["b"]],
  ["the launch's commit again, first of what is remembered", [deploy("a", { id: "a.2", reason: "push" })], ["a"]],
])("deploys after the launch, %s", (_, deploys, shas) => {
  expect(laterDeploys({ deploys, launch: { sha: "a" } }).map(({ sha }) => sha)).toEqual(shas);
});
