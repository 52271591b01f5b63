import { expect, test, vi } from "vitest";
import { createStore } from "../../../src/sandbox/cluster/create-store.ts";
import { ApiStatusError } from "../../../src/sandbox/cluster/status-error.ts";
import type { KubeObject } from "../../../src/sandbox/cluster/store.ts";
import { createWorld } from "../../../src/sandbox/shared/create-world.ts";

const configMap = (name: string, more: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default" },
  ...more,
});
const key = { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "a" };

function newStore() {
  return createStore({ world: createWorld({}) });
}

test("begins with the system's namespaces, their accounts and the users' roles", () => {
  const store = newStore();
  const names = (apiVersion: string, kind: string) => store.list(apiVersion, kind).map(({ metadata }) => metadata.name);
  expect(names("v1", "Namespace")).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
  expect(names("v1", "ServiceAccount")).toEqual(["default", "default", "default", "default"]);
  expect(names("rbac.authorization.k8s.io/v1", "ClusterRole")).toEqual(
    expect.arrayContaining(["admin", "cluster-admin", "edit", "view"]),
  );
});

test("what is given out is the asker's own, what is told is the listener's own", () => {
  const store = newStore();
  const told: KubeObject[] = [];
  store.subscribe(({ object }) => told.push(object));
  const made = store.create(configMap("a", { data: { x: "1" } }));
  made.data = { x: "spoilt" };
  expect(store.get(key)?.data).toEqual({ x: "1" });
  expect(told.map(({ data }) => data)).toEqual([{ x: "1" }]);
});

test("changes that listeners make are told after the change that they heard of", () => {
  const store = newStore();
  const first: string[] = [];
  const second: string[] = [];
  store.subscribe(({ type, object }) => {
    first.push(`${type} ${object.metadata.name}`);
    if (type === "ADDED" && object.metadata.name === "a") store.create(configMap("b"));
  });
  store.subscribe(({ type, object }) => second.push(`${type} ${object.metadata.name}`));
  store.create(configMap("a"));
  expect(second).toEqual(["ADDED a", "ADDED b"]);
  expect(first).toEqual(second);
});

test("a write that changes nothing is no change", () => {
  const store = newStore();
  const { metadata } = store.apply(configMap("a", { data: { x: "1" } }), { fieldManager: "one" });
  const told: string[] = [];
  store.subscribe(({ type }) => told.push(type));
  const again = store.apply(configMap("a", { data: { x: "1" } }), { fieldManager: "one" });
  store.mergePatch(key, { data: { x: "1" } });
  expect(again.metadata.resourceVersion).toBe(metadata.resourceVersion);
  expect(told).toEqual([]);
});

test("refusals carry the Status that a client would get", () => {
  const store = newStore();
  store.create(configMap("a"));
  const refused = () => store.create(configMap("a"));
  expect(refused).toThrow(ApiStatusError);
  expect(refused).toThrow('configmaps "a" already exists');
  expect(() => store.update(configMap("a", { metadata: { ...key, resourceVersion: "1" } }))).toThrow(
    "the object has been modified",
  );
  expect(() => store.delete({ ...key, name: "b" })).toThrow('configmaps "b" not found');
});

test("Services get an address, and node ports where they are open, and keep them", () => {
  const store = newStore();
  const service = (name: string, type: string): KubeObject => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "default" },
    spec: { type, ports: [{ port: 80 }] },
  });
  const made = store.create(service("web", "NodePort"));
  expect(made.spec).toMatchObject({
    clusterIP: expect.stringMatching(/^10\.43\.\d+\.\d+$/),
    ports: [{ port: 80, protocol: "TCP", targetPort: 80, nodePort: expect.any(Number) }],
  });
  expect(store.update(service("web", "NodePort")).spec).toEqual(made.spec);
});

test("a custom object begins with its status's default, whatever was asked", () => {
  const store = newStore();
  const properties = {
    status: { type: "object", default: { seen: -1 }, properties: { seen: { type: "integer" } } },
  };
  store.create({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "things.test.slipway.dev" },
    spec: {
      group: "test.slipway.dev",
      scope: "Namespaced",
      names: { kind: "Thing", plural: "things" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: "object", properties } },
        },
      ],
    },
  });
  const thing = { apiVersion: "test.slipway.dev/v1", kind: "Thing", metadata: { name: "t", namespace: "default" } };
  expect(store.create({ ...thing, status: { seen: 7 } }).status).toEqual({ seen: -1 });
  const at = { apiVersion: thing.apiVersion, kind: "Thing", namespace: "default", name: "t" };
  expect(store.updateStatus(at, { seen: 1 }).status).toEqual({ seen: 1 });
});

test("what is owned by nobody living goes", async () => {
  const store = newStore();
  const ownerReferences = [{ apiVersion: "v1", kind: "ConfigMap", name: "gone", uid: "of-nobody" }];
  store.create(configMap("a", { metadata: { name: "a", namespace: "default", ownerReferences } }));
  await vi.waitUntil(() => store.get(key) === undefined);
});
