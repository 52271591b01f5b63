import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { EnvironmentRule, Found, ProjectRule, Rule } from "../../src/diagnosis/rule.ts";
import { unknown } from "../../src/project/read.ts";
import { environment, facts } from "../builders/facts.ts";
import { project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";

// Which facts they are is nothing to a diagnosis.
const found: Found = { subject: "x", evidence: "seen", seenFrom: "cluster", params: {} };
const ofProject = (given: Partial<ProjectRule>): Rule => ({
  ...{ code: "build-failed", scope: "project", severity: "fail", needs: [], remedies: ["retry"], check: () => [found] },
  ...given,
});
const ofEnvironment = (given: Partial<EnvironmentRule>): Rule => ({
  ...{ code: "rollout-stuck", scope: "environment", severity: "warn", needs: [], remedies: [], check: () => [found] },
  ...given,
});
const two = (unread: object = {}) => [
  environment({ unread: { ...unread } }),
  environment({ environment: { name: "staging", namespace: "rrr-staging" } }),
];
const judge = (rules: Rule[], environments = two()) =>
  diagnose(rules, { project: project(), settings: settings(), facts: facts({ environments }) });
const where = (rules: Rule[], environments?: ReturnType<typeof two>) =>
  judge(rules, environments).findings.map(({ code, environment: at }) => [code, at]);

describe("a diagnosis", () => {
  test("asks a project's rule once, and an environment's in each, telling which", () => {
    expect(where([ofProject({}), ofEnvironment({})])).toEqual([
      ["build-failed", undefined],
      ["rollout-stuck", "production"],
      ["rollout-stuck", "staging"],
    ]);
  });

  test("gives a finding what its rule says of every one: severity, row, remedies, and how it is made sure of", () => {
    const confirm = { milliseconds: 10_000 };
    const [finding] = judge([ofProject({ stage: "build", confirm })]).findings;
    expect(finding).toEqual({
      ...found,
      code: "build-failed",
      severity: "fail",
      stage: "build",
      confirm,
      remedies: ["retry"],
    });
  });

  test("lets a project's rule name the environment and the row that a finding is about", () => {
    const check = () => [{ ...found, environment: "staging", stage: "rollout" as const }];
    expect(judge([ofProject({ stage: "build", check })]).findings).toMatchObject([
      { environment: "staging", stage: "rollout" },
    ]);
  });

  test("is blind in the one environment that could not be read, and judges the other", () => {
    const rule = ofEnvironment({ needs: ["pods"] });
    expect(judge([rule], two({ Pod: unknown("403") }))).toMatchObject({
      findings: [{ code: "rollout-stuck", environment: "staging" }],
      unknown: [{ code: "rollout-stuck", environment: "production", reason: "403" }],
    });
  });

  test("is blind where a rule says so, though all was read", () => {
    const blind = () => "there is no route";
    expect(judge([ofProject({ blind }), ofEnvironment({ blind })])).toEqual({
      findings: [],
      unknown: [
        { code: "build-failed", reason: "there is no route" },
        { code: "rollout-stuck", environment: "production", reason: "there is no route" },
        { code: "rollout-stuck", environment: "staging", reason: "there is no route" },
      ],
    });
  });

  test("is blind in the places that a project's rule could not see, and keeps what it says of the others", () => {
    const unseen = () => [{ reason: "502" }, { environment: "staging", reason: "403" }];
    expect(judge([ofProject({ unseen })])).toMatchObject({
      findings: [{ code: "build-failed" }],
      unknown: [
        { code: "build-failed", reason: "502" },
        { code: "build-failed", environment: "staging", reason: "403" },
      ],
    });
  });

  test("tells the cause and not its consequence, each environment by itself", () => {
    const cause = ofEnvironment({
      code: "namespace-gone",
      explains: ["rollout-stuck"],
      check: ({ here }) => (here.environment.name === "staging" ? [found] : []),
    });
    expect(where([ofEnvironment({}), cause])).toEqual([
      ["rollout-stuck", "production"],
      ["namespace-gone", "staging"],
    ]);
  });

  test("tells a consequence whose cause is not found, or could not be looked for", () => {
    const silent = ofEnvironment({ code: "namespace-gone", explains: ["rollout-stuck"], check: () => [] });
    const blind = ofEnvironment({ code: "namespace-gone", explains: ["rollout-stuck"], needs: ["pods"] });
    const [only] = two({ Pod: unknown("403") });
    expect(where([ofEnvironment({}), silent])).toHaveLength(2);
    expect(where([ofEnvironment({}), blind], only ? [only] : [])).toEqual([["rollout-stuck", "production"]]);
  });
});
