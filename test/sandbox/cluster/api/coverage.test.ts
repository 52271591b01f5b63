import { expect, test } from "vitest";
import {
  type Coverage,
  kindCoverage,
  pathCoverage,
  verbCoverage,
} from "../../../../src/sandbox/cluster/api/coverage.ts";
import { PATHS, RESOURCES } from "../../../../src/sandbox/cluster/api/routes.ts";
import { BUILTIN_KINDS } from "../../../../src/sandbox/cluster/store/builtin-kinds.ts";
import { startServer } from "./start-server.ts";

const answered = (table: Readonly<Record<string, Coverage>>) =>
  Object.keys(table)
    .filter((name) => table[name] !== "not")
    .toSorted();

test("the coverage tables name exactly what is answered", () => {
  expect(answered(pathCoverage)).toEqual(PATHS.map(({ name }) => name).toSorted());
  expect(answered(verbCoverage)).toEqual(Object.keys(RESOURCES).toSorted());
  expect(answered(kindCoverage)).toEqual(BUILTIN_KINDS.map((kind) => `${kind.storedAs} ${kind.plural}`).toSorted());
});

test.each([
  ["GET", "/metrics", "GET /metrics"],
  ["GET", "/api/v1/persistentvolumes", "persistentvolumes of v1"],
  ["POST", "/api/v1/namespaces/default/pods/a/exec", "create pods/exec"],
])("%s %s is not covered, says so and is recorded as such", async (method, path, what) => {
  const { send, calls } = await startServer();
  const { status, body } = await send(method, path);
  expect([status, body.message]).toEqual([501, `the sandbox's API server does not emulate ${what}`]);
  expect(calls).toMatchObject([{ part: "cluster", method, path, status: 501, covered: false }]);
});
