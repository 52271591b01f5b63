import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { rules } from "../../src/diagnosis/rules/index.ts";
import type { EnvironmentFacts } from "../../src/facts/environment-facts.ts";
import { unknown } from "../../src/project/read.ts";
import { STAGES } from "../../src/project/stage.ts";
import { en } from "../../src/words/en/index.ts";
import { environment, facts } from "../builders/facts.ts";
import { judged } from "../builders/judged.ts";
import { project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";

describe("the rules", () => {
  test("are all of the directory's files, each named after its code, with words of its own", () => {
    const files = readdirSync(new URL("../../src/diagnosis/rules", import.meta.url)).filter(
      (file) => file !== "index.ts",
    );
    expect(rules.map(({ code }) => `${code}.ts`).sort()).toEqual(files.sort());
    for (const { code, remedies } of rules) {
      expect(en.findings).toHaveProperty([code]);
      for (const remedy of remedies) expect(en.remedies).toHaveProperty([remedy]);
    }
  });

  test("stop a row only where they fail, and each that fails stops one unless nothing is on its way", () => {
    for (const { code, severity, stage } of rules) {
      if (stage !== undefined) expect(STAGES).toContain(stage);
      if (severity === "fail" && stage === undefined) expect(["namespace-gone"]).toContain(code);
    }
  });

  /** What every rule of the project may need, and what one of an environment's. */
  const unreadable = {
    GitRepository: "sources",
    Kustomization: "kustomization",
    Deployment: "workloads",
    Pod: "pods",
    Service: "services",
    Namespace: "namespace",
    Ingress: "ingresses",
    Certificate: "certificates",
    CronJob: "cronJobs",
    Event: "refusals",
  } satisfies Record<string, keyof EnvironmentFacts>;

  test.each(
    rules
      .filter(({ scope }) => scope === "project")
      .flatMap((rule) => rule.needs.map((need) => [rule.code, need] as const)),
  )("%s is unknown, with the reason, where %s could not be read", (code, need) => {
    const { findings, unknown: blind } = judged({
      rules: rules.filter((rule) => rule.code === code),
      seen: { [need]: unknown("forbidden") },
    });
    expect(findings).toEqual([]);
    expect(blind).toEqual([{ code, reason: "forbidden" }]);
  });

  test.each(
    rules
      .filter(({ scope }) => scope === "environment")
      .flatMap((rule) => rule.needs.filter((need) => need !== "answer").map((need) => [rule.code, need] as const)),
  )("%s is unknown in the environment whose %s could not be read", (code, need) => {
    const kind = Object.entries(unreadable).find(([, each]) => each === need)?.[0] ?? expect.fail(need);
    const { findings, unknown: blind } = judged({
      rules: rules.filter((rule) => rule.code === code),
      here: [{ unread: { [kind]: unknown("forbidden") } }, { environment: { name: "staging" } }],
    });
    expect(findings).toEqual([]);
    expect(blind.filter(({ environment: at }) => at === "production")).toEqual([
      { code, environment: "production", reason: "forbidden" },
    ]);
    expect(blind.filter(({ reason }) => reason === "forbidden")).toHaveLength(1);
  });

  test("find nothing in a project that has only begun", () => {
    const seen = { project: project(), settings: settings(), facts: facts() };
    expect(diagnose(rules, seen).findings).toEqual([]);
  });

  test("find nothing where nothing at all could be read", () => {
    const none = unknown("the cluster does not answer");
    const unread = Object.fromEntries(Object.keys(unreadable).map((kind) => [kind, none]));
    const all = { repository: none, head: none, workflow: none, lineage: none, jobs: none, failure: none };
    expect(judged({ seen: all, here: { unread } }).findings).toEqual([]);
    expect(environment({ unread }).workloads.known).toBe(false);
  });
});
