import { afterEach, beforeEach, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { rightsManifest } from "../../scripts/rights-manifest.ts";
import { rights } from "../../src/doctor/checks/rights.ts";
import { watches } from "../../src/doctor/checks/watches.ts";
import { surroundings } from "../doctor/surroundings.ts";
import { type Server, soon, startServer, WATCHES } from "./start-server.ts";

const BOT = "system:serviceaccount:slipway-system:slipway";
const OURS = { "slipway.dev/project": "rrr" };
/** What the version before had no right to. */
const NEW = ["statefulsets", "daemonsets", "jobs", "replicasets"];
const rules = z.looseObject({ rules: z.array(z.looseObject({ resources: z.array(z.string()) })) });

let server: Server;
beforeEach(async () => {
  server = await startServer();
  server.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr", labels: OURS } });
});
afterEach(() => server.close());

/** The bot's manifests, but for rights to some resources. */
function grant(without: readonly string[]) {
  for (const document of parseAllDocuments(rightsManifest())) {
    const object = document.toJS();
    const role = rules.safeParse(object).data;
    const kept = role?.rules.filter(({ resources }) => !resources.some((each) => without.includes(each)));
    server.store.apply(role ? { ...object, rules: kept } : object, { fieldManager: "kubectl", force: true });
  }
}

test("kinds that the bot has no right to watch are told of by that right, unknown, and hold up none of the others", async () => {
  grant(NEW);
  const { cluster } = server.connect({ config: server.config(BOT) });
  await cluster.synced;
  await soon(() => cluster.problems().length === 0);
  expect(cluster.forbidden()).toHaveLength(NEW.length);
  expect(cluster.forbidden().join("\n")).toMatch(
    /^watch of ReplicaSet: replicasets\.apps is forbidden: .*cannot list resource "replicasets"/m,
  );
  await expect(cluster.list("apps/v1", "StatefulSet", { namespace: "rrr", labels: OURS })).rejects.toMatchObject({
    code: "rbac-missing",
    evidence: expect.stringContaining('cannot list resource "statefulsets"'),
  });
  // The others are in step.
  server.store.create({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "a", namespace: "rrr", labels: OURS },
    spec: { ports: [{ port: 80 }] },
  });
  const before = server.calls.length;
  await soon(async () => (await cluster.list("v1", "Service", { namespace: "rrr", labels: OURS })).length === 1);
  expect(server.calls.slice(before).filter(({ path }) => path.endsWith("/services"))).toEqual([]);
});

test("the doctor names these rights, and the kinds that are not in step for the want of them", async () => {
  grant(NEW);
  const { cluster } = server.connect({ config: server.config(BOT) });
  await cluster.synced;
  await soon(() => cluster.problems().length === 0);
  const { at } = surroundings();
  const real = { ...at, ports: { ...at.ports, cluster }, watches: async () => cluster.watches() };
  expect(await rights.run(real)).toEqual({
    state: "failed",
    reason: "rights-missing",
    params: { rights: "watch statefulsets, watch daemonsets, watch jobs, watch replicasets" },
  });
  expect(await watches.run(real)).toMatchObject({
    state: "failed",
    reason: "watch-stale",
    params: { kinds: "StatefulSet, DaemonSet, Job, ReplicaSet", stale: 4, count: WATCHES },
    evidence: expect.stringContaining('cannot list resource "jobs"'),
  });
});

test("once the right is given the kind is watched, without a restart", async () => {
  grant(NEW);
  const { cluster } = server.connect({ config: server.config(BOT) });
  await cluster.synced;
  await soon(() => cluster.problems().length === 0 && cluster.forbidden().length === NEW.length);
  grant([]);
  await soon(() => cluster.forbidden().length === 0);
  await soon(() => server.control.openWatches() === WATCHES);
  expect(cluster.problems()).toEqual([]);
});

test("a right to list without one to watch is told of likewise", async () => {
  const document = rightsManifest().replace(
    "resources: [jobs]\n    verbs: [list, watch]",
    "resources: [jobs]\n    verbs: [list]",
  );
  for (const each of parseAllDocuments(document))
    server.store.apply(each.toJS(), { fieldManager: "kubectl", force: true });
  const { cluster } = server.connect({ config: server.config(BOT) });
  await cluster.synced;
  await soon(() => cluster.forbidden().some((each) => each.includes('cannot watch resource "jobs"')));
  expect(await cluster.list("batch/v1", "Job", { namespace: "rrr", labels: OURS })).toEqual([]);
  await soon(() => cluster.problems().length === 0);
});

test("without the right to watch its Projects the bot cannot work, and says so", async () => {
  grant(["projects"]);
  const { cluster } = server.connect({ config: server.config(BOT) });
  await cluster.synced;
  await soon(() => cluster.problems().length === 1);
  expect(cluster.problems()[0]).toMatch(/^watch of Project: projects\.slipway\.dev is forbidden/);
  expect(cluster.forbidden()).toEqual([]);
});
