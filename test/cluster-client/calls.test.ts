import type { KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { problemOf } from "../../src/cluster/problem-of.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { project } from "../builders/project.ts";
import { wish } from "../builders/wish.ts";
import { startDoor } from "./start-door.ts";
import { type Server, soon, startServer, WATCHES } from "./start-server.ts";

const OURS = { "slipway.dev/project": "rrr" };
let server: Server;
let now = Date.parse("2026-03-01T10:00:00Z");
let client: ReturnType<Server["connect"]>;

beforeAll(async () => {
  server = await startServer();
  client = server.connect({ clock: { now: () => new Date(now) } });
  await client.cluster.synced;
});
afterAll(() => server.close());
beforeEach(async () => {
  // What was remembered of the test before is too old.
  now += 3_600_000;
  await client.cluster.delete(namespace);
  await soon(async () => (await client.cluster.get(namespace)) === undefined);
  await client.cluster.apply(home);
});

const namespace = { apiVersion: "v1", kind: "Namespace", name: "rrr" };
const home: KubeObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr", labels: OURS } };
const account: KubeObject = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "a", namespace: "rrr", labels: OURS },
};
const accountRef = { apiVersion: "v1", kind: "ServiceAccount", namespace: "rrr", name: "a" };
const source = (interval: string): KubeObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name: "rrr", namespace: "rrr", labels: OURS },
  spec: { url: "https://github.com/acme/rrr", interval },
});
const sourceRef = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", namespace: "rrr", name: "rrr" };
const patches = () => server.calls.filter(({ method }) => method === "PATCH").length;
const cached = () => client.cluster.list("", "GitRepository", { namespace: "rrr", labels: OURS });

describe("the cluster", () => {
  test("gets what is there, and undefined for what is not", async () => {
    expect(await client.cluster.get(namespace)).toMatchObject({
      kind: "Namespace",
      metadata: { name: "rrr", labels: OURS },
    });
    expect(await client.cluster.get({ ...namespace, name: "nobody" })).toBeUndefined();
  });

  test("keeps no managed fields of what it reads", async () => {
    expect(JSON.stringify(await client.cluster.get(namespace))).not.toContain("managedFields");
  });

  test("applies as the field manager slipway, by force", async () => {
    server.store.apply({ ...source("5m") }, { fieldManager: "somebody" });
    expect(await client.cluster.apply(source("1m"))).toMatchObject({ spec: { interval: "1m" } });
    const stands = server.store.get(sourceRef);
    expect(JSON.stringify(stands?.metadata.managedFields)).toContain('"manager":"slipway","operation":"Apply"');
  });

  test("deletes once, and takes no harm from what is gone already", async () => {
    await client.cluster.apply(account);
    await client.cluster.delete(accountRef);
    expect(await client.cluster.get(accountRef)).toBeUndefined();
    await client.cluster.delete(accountRef);
  });

  test("deletes nothing of another uid", async () => {
    await client.cluster.apply(account);
    await client.cluster.delete(accountRef, { uid: "of-the-one-before" });
    expect(await client.cluster.get(accountRef)).toBeDefined();
  });

  test("pokes Flux by the annotation that it looks for", async () => {
    await client.cluster.apply(source("1m"));
    await client.cluster.poke(sourceRef);
    expect((await client.cluster.get(sourceRef))?.metadata.annotations).toEqual({
      "reconcile.fluxcd.io/requestedAt": new Date(now).toISOString(),
    });
    // What is applied afterwards leaves it there: it is another manager's.
    await client.cluster.apply(source("2m"));
    expect((await client.cluster.get(sourceRef))?.metadata.annotations).toBeDefined();
  });

  test("lists by label and namespace", async () => {
    await client.cluster.apply(account);
    await client.cluster.apply({ ...account, metadata: { name: "b", namespace: "rrr" } });
    const names = async (options: object) =>
      (await client.cluster.list("v1", "ServiceAccount", options)).map(
        ({ kind, metadata }) => `${kind} ${metadata.name}`,
      );
    expect(await names({ labels: OURS })).toEqual(["ServiceAccount a"]);
    expect((await names({ namespace: "rrr" })).filter((each) => !each.endsWith("default"))).toEqual([
      "ServiceAccount a",
      "ServiceAccount b",
    ]);
  });

  test("says whether it may", async () => {
    const restricted = server.connect({ config: server.config("somebody") }).cluster;
    restricted.stop();
    expect(await client.cluster.can("delete", { group: "", resource: "namespaces" })).toBe(true);
    expect(await restricted.can("delete", { group: "", resource: "namespaces" })).toBe(false);
  });

  test("says which kinds are served", async () => {
    expect(await client.cluster.serves("source.toolkit.fluxcd.io/v1", "GitRepository")).toBe(true);
    expect(await client.cluster.serves("cert-manager.io/v1", "Certificate")).toBe(false);
  });
});

describe("what stands already", () => {
  test("is not applied again, watched or not", async () => {
    await client.cluster.apply(source("1m"));
    await client.cluster.apply(account);
    await soon(async () => (await cached()).length === 1);
    const before = patches();
    for (let pass = 0; pass < 5; pass += 1) {
      expect((await client.cluster.apply(source("1m"))).metadata.uid).toBeDefined();
      expect((await client.cluster.apply(account)).metadata.uid).toBeDefined();
      now += 5_000;
    }
    expect(patches()).toBe(before);
  });

  test("is given as it is now, status and all", async () => {
    await client.cluster.apply(source("1m"));
    server.store.updateStatus(sourceRef, { conditions: [{ type: "Ready", status: "True" }] });
    await soon(async () => (await cached())[0]?.status !== undefined);
    const before = patches();
    expect(await client.cluster.apply(source("1m"))).toMatchObject({ status: { conditions: [{ type: "Ready" }] } });
    expect(patches()).toBe(before);
  });

  test("is applied when it is to be otherwise", async () => {
    await client.cluster.apply(source("1m"));
    await soon(async () => (await cached()).length === 1);
    expect(await client.cluster.apply(source("9m"))).toMatchObject({ spec: { interval: "9m" } });
  });

  test("is made again at once when somebody deleted it", async () => {
    await client.cluster.apply(source("1m"));
    await soon(async () => (await cached()).length === 1);
    server.store.delete(sourceRef);
    await soon(async () => (await cached()).length === 0);
    await client.cluster.apply(source("1m"));
    expect(await client.cluster.get(sourceRef)).toBeDefined();
  });

  test("is mended at once when somebody changed it", async () => {
    await client.cluster.apply(source("1m"));
    server.store.mergePatch(sourceRef, { spec: { interval: "24h" } });
    await soon(async () => JSON.stringify(await cached()).includes("24h"));
    expect(await client.cluster.apply(source("1m"))).toMatchObject({ spec: { interval: "1m" } });
  });

  test("that nobody watches is made again within a minute", async () => {
    await client.cluster.apply(account);
    server.store.delete(accountRef);
    now += 60_000;
    await client.cluster.apply(account);
    expect(await client.cluster.get(accountRef)).toBeDefined();
  });

  test("is not written again for as long as nothing happens, however long that is", async () => {
    const secret: KubeObject = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "pull", namespace: "rrr", labels: OURS },
      type: "Opaque",
    };
    const secretRef = { apiVersion: "v1", kind: "Secret", namespace: "rrr", name: "pull" };
    for (const each of [source("1m"), account, secret]) await client.cluster.apply(each);
    await soon(async () => (await cached()).length === 1);
    now += 60_000;
    for (const each of [source("1m"), account, secret]) await client.cluster.apply(each);
    const from = server.calls.length;
    for (let minute = 0; minute < 60; minute += 5) {
      now += 300_000;
      for (const each of [source("1m"), account, secret]) await client.cluster.apply(each);
      await client.cluster.list("v1", "Namespace", { labels: OURS });
      await client.cluster.serves("source.toolkit.fluxcd.io/v1", "GitRepository");
    }
    const calls = server.calls.slice(from).map(({ method, path }) => `${method} ${path}`);
    expect(calls).toEqual(Array.from({ length: 12 }, () => "GET /api/v1/namespaces/rrr/serviceaccounts/a"));

    // As Flux says at each interval: that is no reason to write.
    server.store.updateStatus(sourceRef, { conditions: [{ type: "Ready", status: "Unknown" }] });
    await soon(async () => JSON.stringify(await cached()).includes("Unknown"));
    now += 300_000;
    await client.cluster.apply(secret);
    expect(server.calls.slice(from).filter(({ method }) => method !== "GET")).toEqual([]);

    // A Secret may not be read: that it is gone is seen by what uses it.
    server.store.delete(secretRef);
    server.store.updateStatus(sourceRef, { conditions: [{ type: "Ready", status: "False" }] });
    await soon(async () => JSON.stringify(await cached()).includes("False"));
    now += 1_000;
    await client.cluster.apply(secret);
    expect(server.store.get(secretRef)).toBeDefined();
  });

  test("that nobody watches is mended within a minute where somebody took our label", async () => {
    await client.cluster.apply(account);
    server.store.mergePatch(accountRef, { metadata: { labels: null } });
    now += 60_000;
    await client.cluster.apply(account);
    expect((await client.cluster.get(accountRef))?.metadata.labels).toEqual(OURS);
  });

  test("is made again at once in a namespace made anew, and after we deleted it ourselves", async () => {
    await client.cluster.apply(account);
    await client.cluster.delete(namespace);
    await soon(async () => (await client.cluster.get(namespace)) === undefined);
    await client.cluster.apply(home);
    await client.cluster.apply(account);
    expect(await client.cluster.get(accountRef)).toBeDefined();
    await client.cluster.delete(accountRef);
    await client.cluster.apply(account);
    expect(await client.cluster.get(accountRef)).toBeDefined();
  });
});

describe("facts of the whole cluster", () => {
  test("are asked for once in half a minute, whoever asks", async () => {
    now += 60_000;
    const before = server.calls.length;
    for (let pass = 0; pass < 5; pass += 1) {
      await Promise.all([
        client.cluster.list("v1", "Node"),
        client.cluster.list("v1", "Node"),
        client.cluster.serves("cert-manager.io/v1", "Certificate"),
        client.cluster.list("networking.k8s.io/v1", "IngressClass"),
      ]);
      now += 5_000;
    }
    expect(server.calls.length - before).toBe(3);
    now += 30_000;
    await client.cluster.list("v1", "Node");
    expect(server.calls.length - before).toBe(4);
    // Who wants to know how it is now, and not a moment ago.
    client.cluster.forget();
    await client.cluster.list("v1", "Node");
    expect(server.calls.length - before).toBe(5);
  });
});

describe("a refusal", () => {
  /** Calls alone: its watches would only be refused over and over. */
  function ask(config: KubeConfig) {
    const { cluster } = server.connect({ config });
    cluster.stop();
    return cluster;
  }

  test("is told apart by its status", async () => {
    const { cluster, projects } = client;
    await expect(ask(server.config("somebody")).get(namespace)).rejects.toMatchObject({
      code: "rbac-missing",
      destiny: { kind: "person" },
    });
    await expect(cluster.apply({ ...account, metadata: { name: "a", namespace: "nowhere" } })).rejects.toMatchObject({
      code: "object-missing",
      destiny: { kind: "retry" },
    });
    await expect(
      cluster.apply({ ...account, metadata: { name: "Not A Name", namespace: "rrr" } }),
    ).rejects.toMatchObject({ code: "object-invalid", destiny: { kind: "person" } });
    await projects.create("twice", project().spec);
    await expect(projects.create("twice", project().spec)).rejects.toMatchObject({
      code: "project-exists",
      destiny: { kind: "person" },
    });
  });

  test("of a write that somebody overtook is a conflict", async () => {
    const made = await client.projects.create("raced", project().spec);
    await client.projects.wish("raced", wish("cancel"));
    await expect(client.projects.writeStatus(made, made.status)).rejects.toMatchObject({ code: "object-conflict" });
  });

  test("of credentials needs a person", async () => {
    const config = server.config();
    const [user] = config.users;
    if (!user) throw new Error("a kubeconfig has a user");
    Object.assign(user, { token: "expired" });
    await expect(ask(config).get(namespace)).rejects.toMatchObject({
      code: "cluster-credentials-refused",
      evidence: "Unauthorized",
      destiny: { kind: "person" },
    });
  });

  test("by a server that is not there says where, and is tried again", async () => {
    const config = server.config();
    const [cluster] = config.clusters;
    if (!cluster) throw new Error("a kubeconfig has a cluster");
    const door = await startDoor(1);
    await door.shut();
    Object.assign(cluster, { server: `https://127.0.0.1:${door.port}` });
    await expect(ask(config).get(namespace)).rejects.toMatchObject({
      code: "cluster-unreachable",
      destiny: { kind: "retry" },
      evidence: `connect ECONNREFUSED 127.0.0.1:${door.port}`,
    });
  });

  test("by a namespace that goes away is its own", async () => {
    server.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "going" } });
    server.store.create({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "held", namespace: "going", finalizers: ["example.com/held"] },
    });
    server.store.delete({ apiVersion: "v1", kind: "Namespace", name: "going" });
    await expect(
      client.cluster.apply({ ...account, metadata: { name: "a", namespace: "going" } }),
    ).rejects.toMatchObject({ code: "flux-namespace-terminating" });
  });

  test.each([
    [410, { reason: "Expired", message: "too old resource version" }, "watch-expired"],
    [403, { message: 'pods "x" is forbidden: exceeded quota: q, requested: pods=1' }, "quota-exceeded"],
    [409, { reason: "Conflict", message: "the object has been modified" }, "object-conflict"],
    [409, { reason: "AlreadyExists", message: "exists" }, "object-exists"],
    [500, { message: "etcdserver: request timed out" }, "cluster-unwell"],
    [503, "<html>", "cluster-unwell"],
  ])("of HTTP %i %j", (code, body, wanted) => {
    expect(problemOf({ method: "GET", path: "/x" }, code, body).code).toBe(wanted);
  });
});

describe("Projects", () => {
  test("are kept with their status apart, and wishes beside it", async () => {
    const { projects } = client;
    const made = await projects.create("kept", project().spec);
    await projects.writeStatus(made, { ...made.status, phase: "Live", url: "https://rrr.example.com" });
    await projects.wish("kept", wish("remove"));
    expect(await projects.get("kept")).toMatchObject({
      spec: { wishes: { "1": { kind: "remove", by: "U1" } } },
      status: { phase: "Live", url: "https://rrr.example.com" },
    });
    await projects.delete(made);
    await projects.delete(made);
    expect(await projects.get("kept")).toBeUndefined();
  });
});

test("a client that is stopped watches no more", async () => {
  const before = server.control.openWatches();
  const { cluster } = server.connect();
  await soon(() => server.control.openWatches() === before + WATCHES);
  cluster.stop();
  await soon(() => server.control.openWatches() === before);
});
