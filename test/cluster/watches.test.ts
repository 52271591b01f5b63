import { once } from "node:events";
import { connect } from "node:net";
import { KubeConfig } from "@kubernetes/client-node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connectByClient } from "../../src/cluster/connect-by-client.ts";
import { createCluster, type RunningCluster } from "../../src/cluster/create-cluster.ts";
import { evidence } from "../../src/evidence/index.ts";
import { installManifests } from "../../src/sandbox/install-manifests.ts";
import { startGate } from "../builders/start-gate.ts";
import { type AuditEntry, auditFrom } from "./audit.ts";
import { doctorOf } from "./doctor-of.ts";
import { letProjectsGo } from "./let-projects-go.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const found = testbed();
const log = process.env.TESTBED_AUDIT;
const NAMESPACE = "watched";
const BOT = "system:serviceaccount:slipway-system:slipway";
const LABEL = `slipway.dev/project=${NAMESPACE}`;
/** Projects, what is watched by label, and certificates. */
const WATCHES = evidence.filter(({ watch }) => watch).length;

describe.skipIf(!found || !log)(
  found && log ? "watches of a real API server" : `watches of a real API server: ${WITHOUT}`,
  () => {
    let at: Testbed;
    let token: string;
    let server: { host: string; port: number };
    let gate: Awaited<ReturnType<typeof startGate>>;
    let calls: () => Promise<AuditEntry[]>;
    let cluster: RunningCluster;
    let doctor: ReturnType<typeof doctorOf>;
    let credentials: { token?: string };
    const hints: string[] = [];
    const warnings: unknown[] = [];

    beforeAll(async () => {
      if (!found) return;
      at = found;
      const administrator = new KubeConfig();
      administrator.loadFromFile(at.kubeconfig);
      await installManifests(administrator);
      await at.kubectl("create", "namespace", NAMESPACE);
      await at.kubectl("label", "namespace", NAMESPACE, LABEL);
      token = (await at.kubectl("-n", "slipway-system", "create", "token", "slipway")).trim();
      const { hostname, port } = new URL(administrator.getCurrentCluster()?.server ?? "");
      server = { host: hostname, port: Number(port) };
      gate = await startGate(server);
    });
    afterAll(async () => {
      await gate?.close();
      await at?.testbed("start", "kube-apiserver");
      if (at) await letProjectsGo(at);
      await at?.kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found", "--timeout=60s");
    });

    beforeEach(async () => {
      gate.open();
      const config = configThrough();
      credentials = config.users[0] ?? {};
      calls = await auditFrom(log ?? "", BOT);
      warnings.length = 0;
      await connectWith(config, 30_000);
    });
    afterEach(async () => {
      cluster.stop();
      await at.kubectl("-n", NAMESPACE, "delete", "services", "--all");
    });

    /** A process that is killed may hold its port a moment longer than its name. */
    const stopServer = async () => {
      await at.testbed("stop", "kube-apiserver");
      await until(10, "the server's port to be free", async () => {
        const socket = connect(server.port, server.host);
        const refused = await once(socket, "connect").then(
          () => false,
          () => true,
        );
        socket.destroy();
        return refused;
      });
    };
    /** The bot's own credentials, by way of the gate. */
    const configThrough = () => {
      const config = new KubeConfig();
      config.loadFromFile(at.kubeconfig);
      const known = config.getCurrentCluster();
      if (!known) throw new Error("the kubeconfig names no cluster");
      config.loadFromOptions({
        clusters: [{ ...known, server: `https://127.0.0.1:${gate.port}` }],
        users: [{ name: "slipway", token }],
        contexts: [{ name: "slipway", cluster: known.name, user: "slipway" }],
        currentContext: "slipway",
      });
      return config;
    };
    const connectWith = async (kubeConfig: KubeConfig, silenceMs: number) => {
      const connection = connectByClient(kubeConfig);
      cluster = createCluster({
        evidence,
        connection,
        namespace: "slipway-system",
        onHint: (project) => hints.push(project),
        clock: { now: () => new Date() },
        log: { debug() {}, info() {}, error() {}, warn: (...words: unknown[]) => warnings.push(words) },
        silenceMs,
      });
      doctor = doctorOf(connection, cluster);
      await cluster.synced;
      await until(20, "all watches", async () => (await count("watch")) >= WATCHES);
    };
    /** Calls of a verb for all that is watched, since the client was made. Of a watch its beginning, too, is written down. */
    const count = async (verb: string, resource?: string) =>
      (await calls()).filter((call) => call.verb === verb && (!resource || call.objectRef?.resource === resource))
        .length;
    const services = async () =>
      (await cluster.list("v1", "Service", { namespace: NAMESPACE, labels: { "slipway.dev/project": NAMESPACE } }))
        .map(({ metadata }) => metadata.name)
        .sort();
    const make = async (name: string) => {
      await at.kubectl("-n", NAMESPACE, "create", "service", "clusterip", name, "--tcp=80");
      await at.kubectl("-n", NAMESPACE, "label", "service", name, LABEL);
    };
    const remove = (name: string) => at.kubectl("-n", NAMESPACE, "delete", "service", name);

    test("go on after a cut connection where they were, and list nothing again", async () => {
      await make("before");
      await until(10, "the first", async () => (await services()).includes("before"));
      const lists = await count("list");
      gate.cut();
      await make("while-cut");
      await remove("before");
      hints.length = 0;
      gate.open();
      await until(15, "what came meanwhile", async () => (await services()).join() === "while-cut");
      expect(hints).toContain(NAMESPACE);
      expect(await count("list")).toBe(lists);
      expect(warnings).toEqual([]);
      const asked = (await calls()).filter(({ verb }) => verb === "watch").map(({ requestURI }) => requestURI);
      expect(asked.filter((uri) => !/[?&]allowWatchBookmarks=true\b/.test(uri))).toEqual([]);
      // Of all kinds but Projects only what is ours comes over the wire.
      const whole = asked.filter((uri) => !/[?&]labelSelector=slipway\.dev(%2F|\/)project\b/.test(uri));
      expect(whole.filter((uri) => !uri.includes("/namespaces/slipway-system/projects?"))).toEqual([]);
      await remove("while-cut");
    });

    test("list again, and only then, when the server has forgotten what came between", async () => {
      await make("old");
      await until(10, "the first", async () => (await services()).includes("old"));
      const lists = await count("list", "services");
      gate.cut();
      await remove("old");
      await make("new");
      await at.testbed("compact");
      await stopServer();
      await at.testbed("start", "kube-apiserver");
      hints.length = 0;
      gate.open();
      await until(30, "what there is now", async () => (await services()).join() === "new");
      await until(30, "a hint", () => hints.includes(NAMESPACE));
      expect(await count("list", "services")).toBe(lists + 1);
      // It was no failure: of one it would have warned. (A server just started may refuse the first calls for a custom kind.)
      expect(warnings.filter((each) => JSON.stringify(each).includes('"kind":"Service"'))).toEqual([]);
      await until(20, "every watch", () => cluster.problems().length === 0);
      await remove("new");
    });

    test("are told of, kind by kind, while the server is away, and are in step again when it is back", async () => {
      await make("before");
      await until(10, "the first", async () => (await services()).includes("before"));
      const well = await doctor.text();
      expect(well).toMatch(/^✔ API server +Kubernetes v1\.\d+\S*, answers in \d+ ms$/m);
      expect(well).toMatch(/^✔ Watches +14 kinds in sync, \d+ objects; last update \d+ s ago$/m);
      expect(well).toMatch(/^✔ Rights +all \d+ permissions are granted$/m);
      expect([...(await doctor.metric("slipway_watch_in_step")).values()]).toEqual(Array(WATCHES).fill(1));
      const relists = await doctor.metric("slipway_watch_relists_total");
      const stopped = Date.now() / 1000;
      await stopServer();
      try {
        await until(40, "every watch's problem", () => cluster.problems().length === WATCHES);
        expect(cluster.problems().join("\n")).toMatch(
          /watch of Service: .*(ECONNRE|socket hang up|closed|disconnected)/,
        );
        const ref = { apiVersion: "v1", kind: "Service", namespace: NAMESPACE, name: "before" };
        await expect(cluster.get(ref)).rejects.toMatchObject({ code: "cluster-unreachable" });
        const told = await doctor.text();
        expect(told).toMatch(/^✖ API server +The API server at https:\S+ does not answer\. \(.+\)$/m);
        expect(told).toMatch(
          /^✖ Watches +14 of 14 watches of the API server have been out of sync for \d+ s: .*Service.*\(.+\)\n {4}.+\n {4}What to do: /m,
        );
        expect(told).toMatch(/^○ Rights, Leader, Flux, .*not checked: /m);
        expect([...(await doctor.metric("slipway_watch_in_step")).values()]).toEqual(Array(WATCHES).fill(0));
        for (const [kind, heard] of await doctor.metric("slipway_watch_heard_timestamp_seconds"))
          expect(heard, kind).toBeLessThan(stopped + 5);
      } finally {
        await at.testbed("start", "kube-apiserver");
      }
      await remove("before");
      await make("after");
      hints.length = 0;
      await until(60, "every watch", () => cluster.problems().length === 0);
      // One that starts with the server is refused lists until that has read its roles.
      await until(30, "the doctor's watches", async () => /^✔ Watches +14 kinds in sync/m.test(await doctor.text()));
      for (const [kind, times] of await doctor.metric("slipway_watch_relists_total"))
        expect(times, kind).toBeGreaterThan(relists.get(kind) ?? 0);
      await until(10, "what came meanwhile", async () => (await services()).join() === "after");
      await make("later");
      await until(10, "a hint", async () => hints.includes(NAMESPACE) && (await services()).includes("later"));
      await remove("after");
    });

    test("ask again for as long as the credentials are refused, and go on when they are taken", async () => {
      await make("before");
      await until(10, "the first", async () => (await services()).includes("before"));
      Object.assign(credentials, { token: "of-nobody" });
      gate.cut();
      gate.open();
      await until(40, "every watch's problem", () => cluster.problems().length === WATCHES);
      for (const problem of cluster.problems()) expect(problem).toMatch(/^watch of \w+: .*(401|Unauthorized)/);
      const ref = { apiVersion: "v1", kind: "Service", namespace: NAMESPACE, name: "before" };
      await expect(cluster.get(ref)).rejects.toMatchObject({ code: "cluster-credentials-refused" });
      await remove("before");
      // Past the longest pause between two tries.
      const since = Date.now();
      await until(70, "a minute of refusals", () => Date.now() - since > 60_000);
      expect(cluster.problems()).toHaveLength(WATCHES);
      hints.length = 0;
      Object.assign(credentials, { token });
      await until(40, "every watch", () => cluster.problems().length === 0);
      await until(10, "what came meanwhile", async () => (await services()).length === 0);
      expect(hints).toContain(NAMESPACE);
    });

    test("replace a connection that says nothing any more", async () => {
      cluster.stop();
      await connectWith(configThrough(), 5_000);
      gate.forget();
      await make("unheard");
      await until(20, "what came meanwhile", async () => (await services()).includes("unheard"));
      // Of the others one may try another connection that was forgotten first.
      await until(30, "all in step", () => cluster.problems().length === 0);
      await remove("unheard");
    });
  },
);
