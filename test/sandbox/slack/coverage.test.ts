import { WebClient } from "@slack/web-api";
import { expect, test } from "vitest";
import { methods } from "../../../src/sandbox/slack/api/methods.ts";
import { coverage } from "../../../src/sandbox/slack/coverage.ts";
import { startWorkspace } from "./start-workspace.ts";

const named = Object.keys(coverage).filter((entry) => !entry.endsWith(".*"));

test("the coverage table names exactly the methods that are answered", () => {
  expect(named.toSorted()).toEqual(Object.keys(methods).toSorted());
});

test("every method of @slack/web-api is in the coverage table, by itself or in its family", () => {
  const missing = methodsOf(new WebClient("xoxb-nobody")).filter(
    (method) => !(method in coverage) && !(`${method.split(".")[0]}.*` in coverage),
  );
  expect(missing).toEqual([]);
});

test("a method that is not covered says so and is recorded as such", async () => {
  const { client, calls } = await startWorkspace();
  await expect(client.pins.list({ channel: "C1" })).rejects.toMatchObject({
    data: { error: "unknown_method", req_method: "pins.list" },
  });
  expect(calls).toMatchObject([{ part: "slack", path: "pins.list", status: 501, covered: false }]);
});

function methodsOf(client: WebClient): string[] {
  return Object.entries(client).flatMap(([family, value]) => leaves(value, [family]));
}

function leaves(value: unknown, path: string[]): string[] {
  if (typeof value === "function") return path.length > 1 ? [path.join(".")] : [];
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry, [...path, key]));
}
