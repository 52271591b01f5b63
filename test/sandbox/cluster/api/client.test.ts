import {
  ApiException,
  CoreV1Api,
  CustomObjectsApi,
  type KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
  Watch,
} from "@kubernetes/client-node";
import { expect, test, vi } from "vitest";
import { WIDGET_DEFINITION, widget } from "../../../contract/objects.ts";
import { startServer } from "./start-server.ts";

test("objects are made, read, listed and deleted with the typed client", async () => {
  const { config } = await startServer();
  const core = config.makeApiClient(CoreV1Api);
  const namespace = "default";
  await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: "a" }, data: { x: "1" } } });
  const read = await core.readNamespacedConfigMap({ namespace, name: "a" });
  expect(read.data).toEqual({ x: "1" });
  expect(read.metadata?.creationTimestamp).toBeInstanceOf(Date);
  const list = await core.listNamespacedConfigMap({ namespace });
  expect(list.items.map((item) => item.metadata?.name)).toEqual(["a", "kube-root-ca.crt"]);
  await core.deleteNamespacedConfigMap({ namespace, name: "a" });
  await expect(core.readNamespacedConfigMap({ namespace, name: "a" })).rejects.toMatchObject({ code: 404 });
});

test("custom objects appear with their definition, and go with it", async () => {
  const { config, store, send } = await startServer();
  store.create(WIDGET_DEFINITION);
  const custom = config.makeApiClient(CustomObjectsApi);
  const at = { group: "contract.slipway.dev", version: "v1", namespace: "default", plural: "widgets" };
  await custom.createNamespacedCustomObject({ ...at, body: widget("w", { color: "red" }) });
  expect(await custom.getNamespacedCustomObject({ ...at, name: "w" })).toMatchObject({ spec: { size: "medium" } });
  const definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.contract.slipway.dev";
  await send("DELETE", definition);
  await vi.waitUntil(async () => (await send("GET", definition)).status === 404);
  await expect(custom.listNamespacedCustomObject(at)).rejects.toMatchObject({ code: 404 });
});

test("the object client applies on the server's side, and hears of conflicts", async () => {
  const { config } = await startServer();
  const objects = KubernetesObjectApi.makeApiClient(config);
  const apply = (manager: string, value: string, force = false) => {
    const object = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "default" },
      data: { x: value },
    };
    return objects.patch<KubernetesObject & { data?: object }>(
      object,
      undefined,
      undefined,
      manager,
      force,
      PatchStrategy.ServerSideApply,
    );
  };
  await apply("slipway", "1");
  const refused = await apply("other", "2").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiException);
  expect(String(refused)).toContain("Apply failed with 1 conflict: conflict with");
  expect((await apply("other", "2", true)).data).toEqual({ x: "2" });
});

test("a ServiceAccount's token is held to its roles, a stranger's is refused", async () => {
  const { store, server, configOf, config } = await startServer();
  const user = "system:serviceaccount:default:bot";
  store.create({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "bot", namespace: "default" } });
  const list = (by: KubeConfig) => by.makeApiClient(CoreV1Api).listNamespacedSecret({ namespace: "default" });
  const refusal = { code: 403, body: expect.stringContaining("cannot list resource") };
  await expect(list(configOf(user))).rejects.toMatchObject(refusal);
  store.create({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "bot", namespace: "default" },
    roleRef: { kind: "ClusterRole", name: "edit" },
    subjects: [{ kind: "ServiceAccount", name: "bot", namespace: "default" }],
  });
  expect((await list(configOf(user))).items).toEqual([]);
  config.users = [{ name: "admin", token: `${server.token("admin")}x` }];
  await expect(list(config)).rejects.toMatchObject({ code: 401 });
});

test("roles with an aggregation label come to be part of admin, edit and view", async () => {
  const { store, configOf } = await startServer();
  store.create({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "flux-view", labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" } },
    rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["list"] }],
  });
  store.create({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "alice" },
    roleRef: { kind: "ClusterRole", name: "admin" },
    subjects: [{ kind: "User", name: "alice" }],
  });
  const nodes = await configOf("alice").makeApiClient(CoreV1Api).listNode();
  expect(nodes.items).toEqual([]);
});

test("a watch that is cut can be taken up where it was", async () => {
  const { config, store, server } = await startServer();
  const seen: string[] = [];
  let last = "";
  const ended = Promise.withResolvers<unknown>();
  const path = "/api/v1/namespaces/default/configmaps";
  const follow = (resourceVersion: string, done: (error: unknown) => void) =>
    new Watch(config).watch(
      path,
      { resourceVersion },
      (type, object) => {
        seen.push(`${type} ${object.metadata.name}`);
        last = object.metadata.resourceVersion;
      },
      done,
    );
  const make = (name: string) =>
    store.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" } });
  await follow(make("before").metadata.resourceVersion ?? "", ended.resolve);
  make("one");
  await vi.waitUntil(() => seen.length === 1);
  server.control.cutWatches();
  await ended.promise;
  make("two");
  const controller = await follow(last, () => {});
  await vi.waitUntil(() => seen.length === 2);
  expect(seen).toEqual(["ADDED one", "ADDED two"]);
  controller.abort();
  await vi.waitUntil(() => server.control.openWatches() === 0);
});

test("history that has expired is told as an event to a watch, and as 410 to a page", async () => {
  const { config, server, send, store } = await startServer();
  const path = "/api/v1/namespaces/default/configmaps";
  const make = (name: string) =>
    store.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" } });
  const old = make("a").metadata.resourceVersion;
  const page = await send("GET", `${path}?limit=1`);
  make("b");
  server.control.expireHistory();
  const errors: unknown[] = [];
  await new Promise<void>((resolve) => {
    void new Watch(config).watch(
      path,
      { resourceVersion: old },
      (type, object) => errors.push([type, object]),
      () => resolve(),
    );
  });
  expect(errors).toMatchObject([
    [
      "ERROR",
      { code: 410, reason: "Expired", message: expect.stringMatching(/^too old resource version: \d+ \(\d+\)$/) },
    ],
  ]);
  const gone = await send("GET", `${path}?limit=1&continue=${page.body.metadata.continue}`);
  expect(gone.body).toMatchObject({ code: 410, reason: "Expired" });
  const rest = await send("GET", `${path}?continue=${gone.body.metadata.continue}`);
  expect(rest.body.items.map((item: KubernetesObject) => item.metadata?.name)).toEqual(["b", "kube-root-ca.crt"]);
});

test("a watch gets bookmarks, and one before its end", async () => {
  const { config } = await startServer();
  const seen: string[] = [];
  await new Promise<void>((resolve) => {
    void new Watch(config).watch(
      "/api/v1/namespaces/default/secrets",
      { allowWatchBookmarks: true, timeoutSeconds: 1 },
      (type) => seen.push(type),
      () => resolve(),
    );
  });
  expect(seen).toEqual(["BOOKMARK"]);
});

test("logs come from the kubelet", async () => {
  const { config, store } = await startServer({
    podLogs: (pod, { container, tailLines }) => `${pod.metadata.name} ${container} ${tailLines}\n`,
  });
  store.create({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p", namespace: "default" },
    spec: { containers: [{ name: "c", image: "x" }] },
  });
  const core = config.makeApiClient(CoreV1Api);
  const log = await core.readNamespacedPodLog({ namespace: "default", name: "p", container: "c", tailLines: 3 });
  expect(log).toBe("p c 3\n");
});
