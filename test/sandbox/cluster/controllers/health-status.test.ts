import { expect, test } from "vitest";
import { healthStatus } from "../../../../src/sandbox/cluster/controllers/flux/health-status.ts";

const RUNS = { observedGeneration: 2, replicas: 2, readyReplicas: 2, currentReplicas: 2, updatedReplicas: 2 };
const DAEMON = {
  observedGeneration: 2,
  desiredNumberScheduled: 1,
  currentNumberScheduled: 1,
  updatedNumberScheduled: 1,
  numberAvailable: 1,
  numberReady: 1,
};
const condition = (type: string) => ({ conditions: [{ type, status: "True" }] });

test.each([
  ["a StatefulSet whose pods are all ready", "StatefulSet", {}, RUNS, "Current"],
  ["one of which a pod is not ready", "StatefulSet", {}, { ...RUNS, readyReplicas: 1 }, "InProgress"],
  [
    "one that is still behind its template",
    "StatefulSet",
    {},
    { ...RUNS, currentRevision: "a", updateRevision: "b" },
    "InProgress",
  ],
  [
    "one with a partition, above which all is new",
    "StatefulSet",
    { updateStrategy: { rollingUpdate: { partition: 1 } } },
    { ...RUNS, updatedReplicas: 1, currentRevision: "a", updateRevision: "b" },
    "Current",
  ],
  [
    "one that only changes what is deleted by hand",
    "StatefulSet",
    { updateStrategy: { type: "OnDelete" } },
    { ...RUNS, readyReplicas: 0 },
    "Current",
  ],
  [
    "one whose controller has not seen its newest generation",
    "StatefulSet",
    {},
    { ...RUNS, observedGeneration: 1 },
    "InProgress",
  ],
  ["a DaemonSet that is on every node", "DaemonSet", {}, DAEMON, "Current"],
  ["one whose pod is of the old template", "DaemonSet", {}, { ...DAEMON, updatedNumberScheduled: 0 }, "InProgress"],
  ["one that nobody has looked at", "DaemonSet", {}, {}, "InProgress"],
  ["a Job that runs", "Job", {}, { active: 1 }, "InProgress"],
  ["one that is complete", "Job", {}, condition("Complete"), "Current"],
  ["one that has failed", "Job", {}, condition("Failed"), "Failed"],
])("kstatus of %s", (_, kind, spec, status, health) => {
  const metadata = { name: "app", namespace: "rrr", generation: 2 };
  expect(healthStatus({ apiVersion: "apps/v1", kind, metadata, spec: { replicas: 2, ...spec }, status })).toBe(health);
});
