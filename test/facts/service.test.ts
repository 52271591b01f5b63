import { describe, expect, test } from "vitest";
import { serviceOf } from "../../src/facts/service.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";

const service = (spec: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "rrr", namespace: "rrr" },
  spec: { selector: { app: "rrr" }, ports: [{ name: "http", port: 80, targetPort: "web" }], ...spec },
});
const slice = (endpoints: object[] | null, of = "rrr"): KubeObject => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: `${of}-x`, namespace: "rrr", labels: { "kubernetes.io/service-name": of } },
  endpoints,
});
const endpoint = (ready?: boolean | null) => ({ addresses: ["10.42.0.7"], conditions: { ready } });

describe("a Service", () => {
  test("tells where it leads", () => {
    expect(serviceOf(service(), [])).toMatchObject({
      type: "ClusterIP",
      selector: { app: "rrr" },
      ports: [{ name: "http", port: 80, targetPort: "web", nodePort: undefined }],
    });
  });

  test("without a target port leads to the same one", () => {
    const ports = [{ port: 8080, nodePort: 31611 }];
    expect(serviceOf(service({ type: "NodePort", ports }), []).ports).toEqual([
      { name: undefined, port: 8080, targetPort: 8080, nodePort: 31611 },
    ]);
  });

  test.each<[string, KubeObject[], object]>([
    ["with nobody behind it", [], { ready: 0, notReady: 0 }],
    ["whose slice is empty", [slice(null)], { ready: 0, notReady: 0 }],
    [
      "with pods in two slices",
      [slice([endpoint(true), endpoint(false)]), slice([endpoint(true)])],
      { ready: 2, notReady: 1 },
    ],
    [
      "whose endpoints tell nothing of themselves",
      [slice([endpoint(), endpoint(null), {}])],
      { ready: 3, notReady: 0 },
    ],
    ["beside another Service", [slice([endpoint(true)], "other")], { ready: 0, notReady: 0 }],
  ])("%s counts its own endpoints", (_, slices, endpoints) => {
    expect(serviceOf(service(), slices).endpoints).toEqual(endpoints);
  });

  test("that selects nothing has an empty selector", () => {
    const bare = { ...service(), spec: { type: "ExternalName", externalName: "db.example.com" } };
    expect(serviceOf(bare, [])).toMatchObject({ type: "ExternalName", selector: {}, ports: [] });
  });
});
