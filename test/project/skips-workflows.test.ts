import { expect, test } from "vitest";
import { skipsWorkflows } from "../../src/project/skips-workflows.ts";

const words = ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"];

test.each<[string, boolean]>([
  ...words.flatMap((word): [string, boolean][] => [
    [`Fix a typo ${word}`, true],
    [`Fix a typo\n\nNo need to build it. ${word}`, true],
  ]),
  ["Fix a typo\n\n\nskip-checks: true", true],
  ["Fix a typo\n\n\nskip-checks:true\n", true],
  ["Fix a typo\n\nSigned-off-by: Ada <ada@example.com>\nskip-checks: true", true],
  ["Fix a typo\n\nskip-checks: true\nSigned-off-by: Ada <ada@example.com>", false],
  ["skip-checks: true", false],
  ["Fix a typo\n\nskip-checks: false", false],
  ["Skip CI for docs", false],
  ["[skip-ci] Fix a typo", false],
  ["", false],
])("%j keeps its push from starting workflows: %s", (message, wanted) => expect(skipsWorkflows(message)).toBe(wanted));
