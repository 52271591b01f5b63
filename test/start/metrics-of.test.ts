import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { metricsOf } from "../../src/start/metrics-of.ts";
import { watch } from "../doctor/surroundings.ts";

const linesOf = async (watches: ReturnType<typeof watch>[]) => {
  const registry = metricsOf({ queue: () => 2, leads: () => true, watches: () => watches });
  return (await registry.metrics())
    .split("\n")
    .filter((line) => line.startsWith("slipway_"))
    .sort();
};

test("each watch is told of: whether it is in step, when it was last heard of, what it holds, how often it was listed anew", async () => {
  const heardAt = new Date("2026-03-01T10:00:00.500Z");
  const watches = [
    watch("Pod", { heardAt, objects: 12, relists: 1 }),
    watch("Service", { problem: "connect ECONNREFUSED", objects: 3 }),
  ];
  expect(await linesOf(watches)).toEqual([
    "slipway_leader 1",
    "slipway_queue_length 2",
    'slipway_watch_heard_timestamp_seconds{kind="Pod"} 1772359200.5',
    'slipway_watch_in_step{kind="Pod"} 1',
    'slipway_watch_in_step{kind="Service"} 0',
    'slipway_watch_objects{kind="Pod"} 12',
    'slipway_watch_objects{kind="Service"} 3',
    'slipway_watch_relists_total{kind="Pod"} 1',
    'slipway_watch_relists_total{kind="Service"} 0',
  ]);
});

test("what is asked for again is told as it is then", async () => {
  const watches = [watch("Pod", { relists: 1 })];
  const registry = metricsOf({ queue: () => 0, leads: () => false, watches: () => watches });
  await registry.metrics();
  watches.splice(0, 1, watch("Pod", { relists: 2, problem: "gone" }));
  const told = await registry.metrics();
  expect(told).toContain('slipway_watch_relists_total{kind="Pod"} 2');
  expect(told).toContain('slipway_watch_in_step{kind="Pod"} 0');
});

test("the guide has each of them", () => {
  const registry = metricsOf({ queue: () => 0, leads: () => false, watches: () => [] });
  const ours = registry.getMetricsAsArray().flatMap(({ name }) => (name.startsWith("slipway_") ? [name] : []));
  const guide = readFileSync("docs/guide/operations.md", "utf8");
  const told = [...guide.matchAll(/^\| `(slipway_\w+)/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual(ours.sort());
});
