// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is tested is the syntax of Actions and of the shell.
import { describe, expect, test } from "vitest";
import { expandShell } from "../../../src/sandbox/github/actions/expand-shell.ts";
import { evaluate, type Scope } from "../../../src/sandbox/github/actions/expression.ts";
import { condition, interpolate } from "../../../src/sandbox/github/actions/interpolate.ts";
import { wantsPush } from "../../../src/sandbox/github/actions/match-ref.ts";
import { parseWorkflow } from "../../../src/sandbox/github/actions/workflow-file.ts";

const scope: Scope = {
  status: { success: true, failure: false, cancelled: false },
  values: {
    github: { sha: "0123456789abcdef", repository: "Acme/rrr", ref: "refs/heads/main", event: { inputs: null } },
    env: { IMAGE: "ghcr.io/acme/rrr" },
    steps: { tag: { outputs: { "short-sha": "0123" } } },
    matrix: { node: 24, list: ["a", "b"] },
  },
};

describe("expressions", () => {
  test.each([
    ["github.sha", "0123456789abcdef"],
    ["GitHub.SHA", "0123456789abcdef"],
    ["steps.tag.outputs.short-sha", "0123"],
    ["steps['tag'].outputs['short-sha']", "0123"],
    ["matrix.list[1]", "b"],
    ["github.event.inputs.none", null],
    ["github.ref == 'refs/heads/main' && 'yes' || 'no'", "yes"],
    ["github.ref != 'REFS/heads/MAIN'", false],
    ["!(matrix.node > 22)", false],
    ["matrix.node >= 24 && matrix.node <= 24.0", true],
    ["'it''s'", "it's"],
    ["format('{0}:{1} {{}}', env.IMAGE, 1)", "ghcr.io/acme/rrr:1 {}"],
    ["contains(github.repository, 'acme')", true],
    ["contains(matrix.list, 'b')", true],
    ["startsWith(github.ref, 'refs/tags/')", false],
    ["endsWith(github.ref, '/main')", true],
    ["join(matrix.list, '-')", "a-b"],
    ["fromJSON('{\"a\":[1]}').a[0]", 1],
    ["toJSON(matrix.list)", '[\n  "a",\n  "b"\n]'],
    ["null == ''", true],
    ["always() && success()", true],
  ])("%s", (source, value) => expect(evaluate(source, scope)).toEqual(value));

  test("what GitHub refuses is refused", () => {
    expect(() => evaluate("github.sha ==", scope)).toThrow("Unexpected");
    expect(() => evaluate("nope(1)", scope)).toThrow("Unrecognized function: 'nope'");
    expect(() => evaluate("a ? b", scope)).toThrow("Unexpected symbol");
  });

  test("in a text, and as a condition", () => {
    expect(interpolate("${{ env.IMAGE }}:${{github.sha}}", scope)).toBe("ghcr.io/acme/rrr:0123456789abcdef");
    const failed = { ...scope, status: { success: false, failure: true, cancelled: false } };
    expect([
      condition(undefined, failed),
      condition("true", failed),
      condition("${{ always() }}", failed),
      condition("failure()", failed),
    ]).toEqual([false, false, true, true]);
  });
});

test.each([
  ["${GITHUB_SHA::12}", "0123456789ab"],
  ["${GITHUB_SHA:0:4}", "0123"],
  ["${GITHUB_REPOSITORY,,}", "acme/rrr"],
  ['"ghcr.io/${GITHUB_REPOSITORY,,}:$TAG"', "ghcr.io/acme/rrr:v1"],
  ["${NONE:-x}", "x"],
  ["${GITHUB_REPOSITORY##*/}", "rrr"],
  ["$(echo \"$GITHUB_REPOSITORY\" | tr '[:upper:]' '[:lower:]')", "acme/rrr"],
  ["$(echo $GITHUB_SHA | cut -c1-7)", "0123456"],
  ["$(git rev-parse --short=12 HEAD)", "0123456789ab"],
  ["$(whoami)", "$(whoami)"],
])("the shell's %s", (source, value) => {
  expect(expandShell(source, { GITHUB_SHA: "0123456789abcdef", GITHUB_REPOSITORY: "Acme/rrr", TAG: "v1" })).toBe(value);
});

test.each([
  ["push", "refs/heads/any", true],
  ["[push, pull_request]", "refs/tags/v1", true],
  ["{push: {branches: [main, 'release/**']}}", "refs/heads/release/a/b", true],
  ["{push: {branches: [main]}}", "refs/heads/dev", false],
  ["{push: {branches: [main]}}", "refs/tags/v1", false],
  ["{push: {branches: ['*']}}", "refs/heads/a/b", false],
  ["{push: {branches: ['**', '!wip/**']}}", "refs/heads/wip/x", false],
  ["{push: {tags: ['v*']}}", "refs/tags/v1.2", true],
  ["{push: {branches-ignore: [docs]}}", "refs/heads/docs", false],
  ["{push: {paths: ['src/**']}}", "refs/heads/main", true],
  ["{push: {paths-ignore: ['src/**', '**.md']}}", "refs/heads/main", false],
  ["workflow_dispatch", "refs/heads/main", false],
])("on: %s for %s", (on, ref, wanted) => {
  const file = parseWorkflow(`on: ${on}\njobs: {a: {runs-on: ubuntu-latest, steps: []}}`);
  expect(wantsPush(file, ref, ["src/a.ts", "README.md"])).toBe(wanted);
});
