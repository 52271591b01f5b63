import { afterEach, beforeEach, expect, test } from "vitest";
import { managersOf } from "../../src/cluster/managers-of.ts";
import { type Server, startServer } from "./start-server.ts";

const BOT = "system:serviceaccount:slipway-system:slipway";
let server: Server;
beforeEach(async () => {
  server = await startServer();
  server.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } });
});
afterEach(() => server.close());

test("who wrote which field is read with the right to list alone", async () => {
  const rule = { apiGroups: ["source.toolkit.fluxcd.io"], resources: ["gitrepositories"], verbs: ["list"] };
  const role = { apiVersion: "rbac.authorization.k8s.io/v1", metadata: { name: "lists" } };
  server.store.create({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "slipway", namespace: "slipway-system" },
  });
  server.store.create({ ...role, kind: "ClusterRole", rules: [rule] });
  server.store.create({
    ...role,
    kind: "ClusterRoleBinding",
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "lists" },
    subjects: [{ kind: "ServiceAccount", name: "slipway", namespace: "slipway-system" }],
  });
  const source = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" };
  for (const [name, fieldManager] of [
    ["rrr", "slipway"],
    ["other", "kubectl-client-side-apply"],
  ] as const)
    server.store.apply(
      { ...source, metadata: { name, namespace: "rrr" }, spec: { url: "https://git.example.com/a.git" } },
      { fieldManager, force: true },
    );
  server.store.apply(
    { ...source, metadata: { name: "rrr", namespace: "rrr" }, spec: { suspend: true } },
    { fieldManager: "flux", force: true },
  );
  const { cluster } = server.connect({ config: server.config(BOT) });
  cluster.stop();
  const managers = await cluster.managers({ ...source, namespace: "rrr", name: "rrr" });
  // In the order of their seconds, in which those of two writes may be one.
  expect(managers.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: "flux", operation: "Apply", at: expect.any(Date), fields: ["spec.suspend"] },
    { name: "slipway", operation: "Apply", at: expect.any(Date), fields: ["spec.url"] },
  ]);
  expect(await cluster.managers({ ...source, namespace: "rrr", name: "nobody" })).toEqual([]);
});

test("fields are told by their paths: of a subresource, of a list's item, of a label, of the thing itself", () => {
  const managedFields = [
    {
      manager: "kube-controller-manager",
      operation: "Update",
      subresource: "status",
      time: "2026-03-01T10:00:00Z",
      fieldsType: "FieldsV1",
      fieldsV1: { "f:status": { "f:conditions": { ".": {}, 'k:{"type":"Available"}': { ".": {}, "f:status": {} } } } },
    },
    {
      manager: "kubectl",
      operation: "Update",
      subresource: "scale",
      time: "2026-03-01T11:00:00Z",
      fieldsType: "FieldsV1",
      fieldsV1: { "f:spec": { "f:replicas": {} } },
    },
    {
      manager: "kustomize-controller",
      operation: "Apply",
      fieldsType: "FieldsV1",
      fieldsV1: {
        "f:metadata": { "f:labels": { "f:slipway.dev/project": {} }, "f:finalizers": { ".": {}, 'v:"a/b"': {} } },
        "f:spec": {
          "f:template": { "f:spec": { "f:containers": { 'k:{"name":"app"}': { ".": {}, "f:image": {} } } } },
        },
      },
    },
    { manager: "nobody", operation: "Update" },
  ];
  expect(managersOf({ items: [{ metadata: { managedFields } }] })).toEqual([
    {
      name: "kube-controller-manager",
      operation: "Update",
      subresource: "status",
      at: new Date("2026-03-01T10:00:00Z"),
      fields: ['status.conditions[{"type":"Available"}].status'],
    },
    {
      name: "kubectl",
      operation: "Update",
      subresource: "scale",
      at: new Date("2026-03-01T11:00:00Z"),
      fields: ["spec.replicas"],
    },
    {
      name: "kustomize-controller",
      operation: "Apply",
      fields: [
        "metadata.labels.slipway.dev/project",
        'metadata.finalizers["a/b"]',
        'spec.template.spec.containers[{"name":"app"}].image',
      ],
    },
    { name: "nobody", operation: "Update", fields: [] },
  ]);
});
