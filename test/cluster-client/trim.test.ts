import { expect, test } from "vitest";
import { createIntern } from "../../src/cluster/create-intern.ts";
import { trim } from "../../src/cluster/trim.ts";

test("no managed fields and no last applied manifest are kept, the other annotations are", () => {
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", other: "yes" };
  const raw = { apiVersion: "v1", kind: "Service", metadata: { name: "a", managedFields: [], annotations } };
  expect(trim({ kind: "Service" }, raw).metadata).toEqual({ name: "a", annotations: { other: "yes" } });
  expect(annotations).toHaveProperty("other");
});

test("an object is called what it is, whatever it came as", () => {
  const metadata = { name: "a" };
  for (const came of [{}, { apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata" }])
    expect(trim({ kind: "ReplicaSet" }, { ...came, metadata })).toEqual({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata,
    });
});

test("what is kept of an object is for who reads it to say", () => {
  const keep = ({ spec: _, ...rest }: Readonly<Record<string, unknown>>) => rest;
  const raw = { metadata: { name: "a" }, spec: { big: true }, status: { well: true } };
  expect(trim({ kind: "Service", keep }, raw, createIntern())).toEqual({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "a" },
    status: { well: true },
  });
});

test("what is no object of Kubernetes' is refused", () => {
  for (const raw of [undefined, null, "Pod", {}, { apiVersion: "v1", kind: "Pod" }])
    expect(() => trim({ kind: "Pod" }, raw)).toThrow("no Pod");
});

test("equal strings that come soon after one another are one", () => {
  const intern = createIntern();
  const texts = Array.from({ length: 20_000 }, (_, index) => `text number ${index}`);
  for (const text of texts) expect(intern(text)).toBe(text);
  expect(intern("x".repeat(10_000))).toHaveLength(10_000);
});
