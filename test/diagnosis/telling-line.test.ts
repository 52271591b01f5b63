import { expect, test } from "vitest";
import { tellingLine } from "../../src/diagnosis/telling-line.ts";

test.each<[string, string[], string]>([
  [
    "node's test runner",
    ["✖ has a soup", "  AssertionError: Expected values to be strictly equal:", "  undefined !== 'soup'"],
    "  AssertionError: Expected values to be strictly equal:",
  ],
  [
    "tsc within docker build",
    [
      "#9 4.211 src/app/page.tsx(12,7): error TS2322: Type 'string' is not assignable to type 'number'.",
      "#9 4.213 using token ***",
      '#9 ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 1',
    ],
    "#9 4.211 src/app/page.tsx(12,7): error TS2322: Type 'string' is not assignable to type 'number'.",
  ],
  ["git", ["fatal: could not read Username", "retrying"], "fatal: could not read Username"],
  ["nobody that names an error", ["building", "it broke"], "it broke"],
])("the line that says why a build failed is found in the words of %s", (_, lines, wanted) => {
  expect(tellingLine([...lines, "Error: Process completed with exit code 1."])).toBe(wanted);
});

test("where nothing else was said it is the runner's own last word", () => {
  expect(tellingLine(["Error: Process completed with exit code 1."])).toContain("exit code 1");
  expect(tellingLine([])).toBeUndefined();
});
