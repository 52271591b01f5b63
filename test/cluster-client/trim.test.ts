import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createIntern } from "../../src/cluster/create-intern.ts";
import { KINDS, type Kind } from "../../src/cluster/kinds.ts";
import { trim } from "../../src/cluster/trim.ts";
import { conditionOf } from "../../src/project/condition-of.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { targetPort } from "../../src/steps/target-port.ts";

const objects: KubeObject[] = JSON.parse(
  readFileSync(new URL("../bench/scale/live-project.json", import.meta.url), "utf8"),
);
const trimmed = (kind: Kind) => {
  const found = objects.find((each) => each.kind === kind);
  if (!found) throw new Error(`no ${kind} was recorded`);
  const managed = { ...found, metadata: { ...found.metadata, managedFields: [{ manager: "kubectl" }] } };
  return trim(kind, managed, createIntern());
};

test("no managed fields and no last applied manifest are kept, the other annotations are", () => {
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", other: "yes" };
  const raw = { apiVersion: "v1", kind: "Service", metadata: { name: "a", managedFields: [], annotations } };
  expect(trim("Service", raw).metadata).toEqual({ name: "a", annotations: { other: "yes" } });
  expect(annotations).toHaveProperty("other");
});

test("every kind keeps its identity, its labels and its conditions", () => {
  for (const { kind, metadata, status } of objects) {
    const kept = trimmed(kind as Kind); // recorded kinds are watched ones
    expect(kept).toMatchObject({ kind, apiVersion: KINDS[kind as Kind].apiVersion });
    if (kind !== "Pod") expect(kept.metadata).toEqual(metadata);
    if (kind === "Project" || typeof status !== "object" || status === null || !("conditions" in status)) continue;
    expect((kept.status as { conditions: unknown }).conditions).toEqual(status.conditions);
  }
});

test("of a Pod what it runs, where and how that goes is kept, and not its environment", () => {
  const { spec, status } = trimmed("Pod");
  // Its ports, probes and resources are its Deployment's.
  expect(spec).toEqual({ nodeName: "testbed", containers: [{ name: "app", image: expect.stringContaining("/rrr:") }] });
  expect(status).toMatchObject({ phase: "Running", containerStatuses: [{ ready: true, restartCount: 0 }] });
});

test("of a Deployment its port and its conditions can still be told", () => {
  const kept = trimmed("Deployment");
  expect(conditionOf(kept, "Available")?.status).toBe("True");
  const known = (kind: Kind) => ({ known: true as const, value: [trimmed(kind)] });
  const environment = { name: "production", host: "rrr.sandbox.test", namespace: "rrr", replicas: 1 };
  const at = { environment, ingresses: known("Ingress"), services: known("Service"), deployments: known("Deployment") };
  expect(targetPort(at as Parameters<typeof targetPort>[0])).toBe(3000); // reads no more than these
});

test("of a Project its wishes and whether it is under way are kept, and not what it has told", () => {
  const { spec, status } = trimmed("Project");
  expect(spec).toMatchObject({ owner: "acme", repository: "rrr" });
  expect(status).toEqual({ phase: "Live", deploys: [{ state: "live" }] });
});

test("what is no object of Kubernetes' is refused", () => {
  for (const raw of [undefined, null, "Pod", {}, { apiVersion: "v1", kind: "Pod" }])
    expect(() => trim("Pod", raw)).toThrow("no Pod");
});

test("equal strings that come soon after one another are one", () => {
  const intern = createIntern();
  const texts = Array.from({ length: 20_000 }, (_, index) => `text number ${index}`);
  for (const text of texts) expect(intern(text)).toBe(text);
  expect(intern("x".repeat(10_000))).toHaveLength(10_000);
});
