import { KubeConfig } from "@kubernetes/client-node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { definition } from "../builders/definition.ts";
import { project } from "../builders/project.ts";
import { wish } from "../builders/wish.ts";
import { type Server, soon, startServer, WATCHES } from "./start-server.ts";

const OURS = { "slipway.dev/project": "rrr" };
let server: Server;

beforeEach(async () => {
  server = await startServer();
  server.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr", labels: OURS } });
});
afterEach(() => server.close());

function service(name: string, labels: Record<string, string> = OURS) {
  server.store.create({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "rrr", labels },
    spec: { ports: [{ port: 80 }], selector: { app: "x" } },
  });
}

const services = async (cluster: { list: ReturnType<Server["connect"]>["cluster"]["list"] }) =>
  (await cluster.list("v1", "Service", { namespace: "rrr", labels: OURS })).map(({ metadata }) => metadata.name).sort();

const listsOf = (kind: string) =>
  server.calls.filter(({ path, method }) => method === "GET" && path.endsWith(`/${kind}`)).length;

describe("what is watched", () => {
  test("is read from the cache, without a call", async () => {
    service("a");
    service("foreign", {});
    const { cluster } = server.connect();
    await cluster.synced;
    const before = server.calls.length;
    expect(await services(cluster)).toEqual(["a"]);
    expect(server.calls).toHaveLength(before);
  });

  test("hints at its project when it is made, changed and removed", async () => {
    const { cluster, hints } = server.connect();
    await cluster.synced;
    hints.length = 0;
    service("a");
    await soon(() => hints.length === 1);
    server.store.mergePatch(
      { apiVersion: "v1", kind: "Service", namespace: "rrr", name: "a" },
      { metadata: { annotations: { seen: "yes" } } },
    );
    await soon(() => hints.length === 2);
    server.store.delete({ apiVersion: "v1", kind: "Service", namespace: "rrr", name: "a" });
    await soon(() => hints.length === 3);
    expect(hints).toEqual(["rrr", "rrr", "rrr"]);
    expect(await services(cluster)).toEqual([]);
  });

  test("hints at nothing when what changed of it is not kept", async () => {
    const { cluster, hints } = server.connect();
    await cluster.synced;
    hints.length = 0;
    const pod = { apiVersion: "v1", kind: "Pod", namespace: "rrr", name: "a" };
    server.store.create({
      ...pod,
      metadata: { name: "a", namespace: "rrr", labels: OURS },
      spec: { containers: [{ name: "app", image: "a:1" }] },
    });
    await soon(() => hints.length === 1);
    const phase = async () => {
      const [found] = await cluster.list("v1", "Pod", { namespace: "rrr", labels: OURS });
      return Object(found?.status).phase;
    };
    server.store.updateStatus(pod, { phase: "Pending", qosClass: "Guaranteed" });
    server.store.updateStatus(pod, { phase: "Running", qosClass: "Guaranteed" });
    await soon(async () => (await phase()) === "Running");
    expect(hints).toEqual(["rrr", "rrr"]);
  });

  test("of a kind that only metadata is asked of has nothing else, listed or watched", async () => {
    const replicaSet = (name: string) =>
      server.store.create({
        apiVersion: "apps/v1",
        kind: "ReplicaSet",
        metadata: {
          name,
          namespace: "rrr",
          labels: { ...OURS, "pod-template-hash": "6f5d8c" },
          annotations: { "deployment.kubernetes.io/revision": "2" },
        },
        spec: {
          selector: { matchLabels: { app: "a" } },
          template: { metadata: { labels: { app: "a" } }, spec: { containers: [{ name: "app", image: "a:1" }] } },
        },
      });
    replicaSet("listed");
    const { cluster } = server.connect();
    await cluster.synced;
    replicaSet("watched");
    const all = () => cluster.list("apps/v1", "ReplicaSet", { namespace: "rrr", labels: OURS });
    await soon(async () => (await all()).length === 2);
    const before = server.calls.length;
    for (const object of await all()) {
      expect(Object.keys(object).sort()).toEqual(["apiVersion", "kind", "metadata"]);
      expect([object.apiVersion, object.kind]).toEqual(["apps/v1", "ReplicaSet"]);
      expect(object.metadata.annotations).toEqual({ "deployment.kubernetes.io/revision": "2" });
    }
    expect(server.calls).toHaveLength(before);
    // Asked of the server, it is the same.
    const [asked] = await cluster.list("apps/v1", "ReplicaSet", { namespace: "rrr" });
    expect(Object.keys(asked ?? {}).sort()).toEqual(["apiVersion", "kind", "metadata"]);
  });

  test("is listed in pages", async () => {
    for (let index = 0; index < 101; index += 1)
      server.store.create({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: `s${index}`, namespace: "rrr", labels: OURS },
        spec: { clusterIP: "None", ports: [{ port: 80 }] },
      });
    const { cluster } = server.connect({ pageSize: 100 });
    await cluster.synced;
    expect(await services(cluster)).toHaveLength(101);
    // Two pages, and the watch.
    await soon(() => listsOf("services") >= 3);
    expect(listsOf("services")).toBe(3);
  });

  test("goes on from where it was when its connection is cut, without listing again", async () => {
    const { cluster } = server.connect();
    await cluster.synced;
    await soon(() => server.control.openWatches() === WATCHES);
    // Long enough that a cut is no failure to pause for.
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    service("while-watched");
    await soon(async () => (await services(cluster)).includes("while-watched"));
    const lists = listsOf("services");
    server.control.cutWatches();
    service("while-cut");
    await soon(async () => (await services(cluster)).includes("while-cut"));
    expect(await services(cluster)).toEqual(["while-cut", "while-watched"]);
    await soon(() => server.control.openWatches() === WATCHES);
    // A watch is such a GET too: one more, and no list beside it.
    expect(listsOf("services") - lists).toBe(1);
    expect(cluster.problems()).toEqual([]);
  });

  test("is listed anew when the server has forgotten what came between, with what is gone gone", async () => {
    service("old");
    const { cluster, hints } = server.connect();
    await cluster.synced;
    await soon(() => server.control.openWatches() === WATCHES);
    await server.away();
    server.store.delete({ apiVersion: "v1", kind: "Service", namespace: "rrr", name: "old" });
    service("new");
    await server.back();
    server.control.expireHistory();
    hints.length = 0;
    await soon(async () => cluster.problems().length === 0 && (await services(cluster)).includes("new"));
    expect(await services(cluster)).toEqual(["new"]);
    expect(hints).toContain("rrr");
  });

  test("survives a 410 in the middle of the stream, which is no failure of which one would warn", async () => {
    const { cluster, warnings } = server.connect();
    await cluster.synced;
    await soon(() => server.control.openWatches() === WATCHES);
    service("a");
    server.control.expireHistory();
    server.control.cutWatches();
    service("b");
    await soon(async () => (await services(cluster)).length === 2);
    expect(warnings).toEqual([]);
  });

  test("is replaced when its connection says nothing any more", async () => {
    // Longer than a connection has to stand to be one that will do.
    const { cluster } = server.connect({ silenceMs: 1_500 });
    await cluster.synced;
    await soon(() => server.control.openWatches() > 0);
    const before = listsOf("services");
    await soon(() => listsOf("services") > before + 1);
    service("a");
    await soon(async () => (await services(cluster)).includes("a"));
    await soon(() => cluster.problems().length === 0);
  });
});

describe("a server that is away", () => {
  test("is told of, kind by kind, and found again", async () => {
    service("a");
    const { cluster } = server.connect();
    await cluster.synced;
    expect(cluster.problems()).toEqual([]);
    await soon(() => server.control.openWatches() === WATCHES);
    await server.away();
    await soon(() => cluster.problems().length === WATCHES);
    expect(cluster.problems().join("\n")).toMatch(/watch of Service: .*ECONNREFUSED/);
    await expect(cluster.get({ apiVersion: "v1", kind: "Service", namespace: "rrr", name: "a" })).rejects.toMatchObject(
      {
        code: "cluster-unreachable",
      },
    );
    await server.back();
    await soon(() => cluster.problems().length === 0);
  });

  test("from the beginning is found once it is there, and nothing is rejected unheard", async () => {
    await server.away();
    const { cluster, hints } = server.connect();
    await soon(() => cluster.problems().some((each) => each.includes("ECONNREFUSED")));
    service("a");
    await server.back();
    await cluster.synced;
    expect(await services(cluster)).toEqual(["a"]);
    expect(hints).toContain("rrr");
  });

  test("that refuses the credentials for a while is asked again", async () => {
    const config = new KubeConfig();
    config.loadFromString(server.config().exportConfig());
    const [user] = config.users;
    if (!user) throw new Error("a kubeconfig has a user");
    const { token } = user;
    Object.assign(user, { token: "expired" });
    const { cluster } = server.connect({ config });
    await soon(() => cluster.problems().some((each) => each.includes("Unauthorized")));
    Object.assign(user, { token });
    service("a");
    await cluster.synced;
    expect(await services(cluster)).toEqual(["a"]);
    expect(cluster.problems()).toEqual([]);
  });

  test("that comes to serve cert-manager later is watched for certificates then", async () => {
    const { cluster } = server.connect();
    await cluster.synced;
    expect(await cluster.serves("cert-manager.io/v1", "Certificate")).toBe(false);
    server.store.create(definition("cert-manager.io", "Certificate", "certificates"));
    const later = server.connect();
    await later.cluster.synced;
    const before = server.calls.length;
    expect(await later.cluster.list("cert-manager.io/v1", "Certificate", { labels: OURS })).toEqual([]);
    expect(server.calls).toHaveLength(before);
  });
});

describe("a Project", () => {
  test("hints when a person made or changed it, and not when its status is written", async () => {
    const { cluster, hints, projects } = server.connect();
    await cluster.synced;
    hints.length = 0;
    const made = await projects.create("rrr", project().spec);
    await soon(() => hints.length === 1);
    await projects.writeStatus(made, { ...made.status, phase: "Live" });
    await projects.wish("rrr", wish("cancel"));
    await soon(() => hints.length === 2);
    expect(cluster.projects().map(({ metadata }) => metadata.name)).toEqual(["rrr"]);
    expect(hints).toEqual(["rrr", "rrr"]);
  });

  test("of the name of one that is gone hints again", async () => {
    const { cluster, hints, projects } = server.connect();
    await cluster.synced;
    const made = await projects.create("rrr", project().spec);
    await soon(() => hints.filter((each) => each === "rrr").length >= 2);
    await projects.delete(made);
    await soon(() => cluster.projects().length === 0);
    hints.length = 0;
    await projects.create("rrr", project().spec);
    await soon(() => hints.length === 1);
  });

  test("that was replaced while nobody could see hints again", async () => {
    const { cluster, hints, projects } = server.connect();
    await cluster.synced;
    await projects.create("rrr", project().spec);
    await soon(() => cluster.projects().length === 1);
    const [before] = cluster.projects();
    await soon(() => server.control.openWatches() === WATCHES);
    await server.away();
    const key = { apiVersion: "slipway.dev/v1alpha1", kind: "Project", namespace: "slipway-system", name: "rrr" };
    // Without the hold that we have on it.
    const stored = server.store.get(key) ?? expect.fail();
    server.store.update({ ...stored, metadata: { ...stored.metadata, finalizers: [] } });
    server.store.delete(key);
    const { apiVersion, kind, namespace, name } = key;
    server.store.create({ apiVersion, kind, metadata: { name, namespace }, spec: project().spec });
    server.control.expireHistory();
    hints.length = 0;
    await server.back();
    await soon(() => cluster.projects()[0]?.metadata.uid !== before?.metadata.uid);
    expect(hints).toContain("rrr");
  });
});
