// node .ci/failures.mjs REPORT: the tests of a vitest JSON report that did not pass, and how each failed; and those that
// passed only when they were tried again.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

const LINES = 12;
const FINE = ["passed", "todo"];

const told = (message) =>
  stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => !line.includes("node_modules") && !line.startsWith("    at new Promise"))
    .slice(0, LINES)
    .map((line) => `    ${line}`)
    .join("\n");

const { testResults } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const lines = testResults.flatMap(({ name, message, status, assertionResults }) => {
  const file = relative(process.cwd(), name);
  return [
    // Of a file that did not load no test has failed.
    ...(status === "failed" && message ? [file, told(message)] : []),
    ...assertionResults
      .filter(({ status, failureMessages }) => !FINE.includes(status) || failureMessages.length > 0)
      .flatMap(({ fullName, status, failureMessages }) => [
        `${file}: ${fullName}: ${status === "passed" ? "passed when tried again" : status}`,
        ...failureMessages.map(told),
      ]),
  ];
});
process.stdout.write(lines.map((line) => `${line}\n`).join(""));
