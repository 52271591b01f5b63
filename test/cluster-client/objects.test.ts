import { expect, test } from "vitest";
import { createObjects } from "../../src/cluster/create-objects.ts";

const pod = (name: string, project: string | undefined, version: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name,
    namespace: "ns",
    resourceVersion: version,
    ...(project === undefined ? {} : { labels: { "slipway.dev/project": project } }),
  },
});

test("an object is found by its name and among its project's, in its newest version", () => {
  const objects = createObjects();
  expect(objects.set(pod("a", "one", "1"))).toBe(true);
  expect(objects.set(pod("b", "one", "2"))).toBe(true);
  expect(objects.set(pod("a", "one", "1"))).toBe(false);
  expect(objects.set(pod("a", "one", "3"))).toBe(true);
  expect(objects.get("a", "ns")?.metadata.resourceVersion).toBe("3");
  expect(objects.get("a")).toBeUndefined();
  expect(objects.ofProject("one").map(({ metadata }) => metadata.resourceVersion)).toEqual(["2", "3"]);
  expect(objects.size).toBe(2);
});

test("an object that moves to another project leaves the first", () => {
  const objects = createObjects();
  objects.set(pod("a", "one", "1"));
  objects.set(pod("a", "two", "2"));
  expect(objects.ofProject("one")).toEqual([]);
  expect(objects.ofProject("two")).toHaveLength(1);
  objects.set(pod("a", undefined, "3"));
  expect(objects.ofProject("two")).toEqual([]);
  expect(objects.get("a", "ns")?.metadata.resourceVersion).toBe("3");
});

test("an object that is gone is gone from its project, whatever version says so", () => {
  const objects = createObjects();
  objects.set(pod("a", "one", "1"));
  expect(objects.delete(pod("a", "one", "9"))).toBe(true);
  expect(objects.delete(pod("a", "one", "9"))).toBe(false);
  expect([objects.size, ...objects.ofProject("one")]).toEqual([0]);
});

test("a version that nobody tells is a new one each time", () => {
  const objects = createObjects();
  const bare = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };
  expect(objects.set(bare)).toBe(true);
  expect(objects.get("a")).toBe(bare);
});
