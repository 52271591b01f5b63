import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { EnvironmentRule, Found, ProjectRule, Rule } from "../../src/diagnosis/rule.ts";
import { unknown } from "../../src/project/read.ts";
import { environment, facts } from "../builders/facts.ts";
import { project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";

const found: Found = { subject: "x", evidence: "seen", seenFrom: "cluster", params: {} };
const ofProject = (given: Partial<ProjectRule>): Rule => ({
  ...{ code: "a", scope: "project", severity: "fail", needs: [], remedies: ["retry"], check: () => [found] },
  ...given,
});
const ofEnvironment = (given: Partial<EnvironmentRule>): Rule => ({
  ...{ code: "b", scope: "environment", severity: "warn", needs: [], remedies: [], check: () => [found] },
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
      ["a", undefined],
      ["b", "production"],
      ["b", "staging"],
    ]);
  });

  test("gives a finding what its rule says of every one: severity, row, remedies, and how it is made sure of", () => {
    const confirm = { milliseconds: 10_000 };
    const [finding] = judge([ofProject({ stage: "build", confirm })]).findings;
    expect(finding).toEqual({ ...found, code: "a", severity: "fail", stage: "build", confirm, remedies: ["retry"] });
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
      findings: [{ code: "b", environment: "staging" }],
      unknown: [{ code: "b", environment: "production", reason: "403" }],
    });
  });

  test("is blind where a rule says so, though all was read", () => {
    const blind = () => "there is no route";
    expect(judge([ofProject({ blind }), ofEnvironment({ blind })])).toEqual({
      findings: [],
      unknown: [
        { code: "a", reason: "there is no route" },
        { code: "b", environment: "production", reason: "there is no route" },
        { code: "b", environment: "staging", reason: "there is no route" },
      ],
    });
  });

  test("is blind in the places that a project's rule could not see, and keeps what it says of the others", () => {
    const unseen = () => [{ reason: "502" }, { environment: "staging", reason: "403" }];
    expect(judge([ofProject({ unseen })])).toMatchObject({
      findings: [{ code: "a" }],
      unknown: [
        { code: "a", reason: "502" },
        { code: "a", environment: "staging", reason: "403" },
      ],
    });
  });

  test("tells the cause and not its consequence, each environment by itself", () => {
    const cause = ofEnvironment({
      code: "cause",
      explains: ["b"],
      check: ({ here }) => (here.environment.name === "staging" ? [found] : []),
    });
    expect(where([ofEnvironment({}), cause])).toEqual([
      ["b", "production"],
      ["cause", "staging"],
    ]);
  });

  test("tells a consequence whose cause is not found, or could not be looked for", () => {
    const silent = ofEnvironment({ code: "cause", explains: ["b"], check: () => [] });
    const blind = ofEnvironment({ code: "cause", explains: ["b"], needs: ["pods"] });
    const [only] = two({ Pod: unknown("403") });
    expect(where([ofEnvironment({}), silent])).toHaveLength(2);
    expect(where([ofEnvironment({}), blind], only ? [only] : [])).toEqual([["b", "production"]]);
  });
});
