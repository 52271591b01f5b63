import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KubeObject } from "../../../../src/sandbox/cluster/store.ts";
import { makeRepository } from "./make-repository.ts";
import { eventLine, eventLines, recorded, shapeOf } from "./recorded.ts";
import { RECORDED_APPLICATION, RECORDED_REPOSITORY } from "./recorded-manifests.ts";
import { startCluster, type TestCluster } from "./start-cluster.ts";
import { type GitServer, startGitServer } from "./start-git-server.ts";
import { startRegistry, type TestRegistry } from "./start-registry.ts";

describe("the simulated cluster says what the recorded one said", () => {
  let cluster: TestCluster;
  let registry: TestRegistry;
  let git: GitServer;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "slipway-recorded-"));
    makeRepository(join(directory, "app.git")).commit(RECORDED_REPOSITORY, "The first commit");
    registry = await startRegistry();
    await registry.push("testbed/app:1", { "app/server.js": RECORDED_APPLICATION });
    git = await startGitServer(directory);
    cluster = await startCluster({ mirrors: { "ghcr.io": registry.url }, speed: 60 });
  });
  afterAll(async () => {
    await cluster.close();
    await git.close();
    await registry.close();
    await rm(directory, { recursive: true });
    expect(cluster.errors).toEqual([]);
  });

  const namespace = (name: string) =>
    cluster.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: `record-${name}` } });
  /** So that what fails does not go on failing while the next is looked at. */
  const leave = (...names: string[]) => {
    for (const name of names) {
      cluster.store.delete({ apiVersion: "v1", kind: "Namespace", name: `record-${name}` });
    }
  };
  const source = (where: string, name: string, url: string, spec: object = {}) =>
    cluster.store.create({
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name, namespace: `record-${where}` },
      spec: { url, interval: "1m", timeout: "20s", ref: { branch: "main" }, ...spec },
    });
  const kustomization = (where: string, name: string, path: string, spec: object = {}) =>
    cluster.store.create({
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name, namespace: `record-${where}` },
      spec: {
        sourceRef: { kind: "GitRepository", name: "app" },
        path,
        interval: "10m",
        retryInterval: "30s",
        prune: true,
        targetNamespace: `record-${where}`,
        ...spec,
      },
    });
  const deployment = (where: string, container: object) =>
    cluster.store.create({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: `record-${where}` },
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web" } },
          spec: { containers: [{ name: "web", image: "ghcr.io/testbed/app:1", ...container }] },
        },
      },
    });

  /** Waits until each recorded object has its like, and each recorded event was told. */
  async function holds(fixture: string, where: string, except: readonly RegExp[] = []): Promise<void> {
    const { objects, events } = recorded(fixture);
    const inNamespace = (object: KubeObject) => object.metadata.namespace === `record-${where}`;
    for (const object of objects.filter(inNamespace)) {
      const wanted = shapeOf(object);
      const like = () =>
        cluster.store
          .list(object.apiVersion, object.kind, { namespace: `record-${where}` })
          .map(shapeOf)
          .filter((shape) => shape.object === wanted.object);
      const found = () => like().some((shape) => JSON.stringify(shape) === JSON.stringify(wanted));
      await cluster.until(found, wanted.object, 8_000).catch(() => {});
      if (!found()) {
        expect(like()).toEqual([wanted]);
      }
    }
    const wanted = [...new Set(events.map(eventLine))].filter((line) => !except.some((one) => one.test(line)));
    const told = () => eventLines(cluster.store, `record-${where}`);
    const missing = () => wanted.filter((line) => !told().includes(line));
    await cluster.until(() => missing().length === 0, "events", 5_000).catch(() => {});
    expect({ missing: missing(), told: missing().length > 0 ? told() : [] }).toEqual({ missing: [], told: [] });
  }

  it("a launch that went well", async () => {
    namespace("ok");
    source("ok", "app", `${git.url}/app.git`);
    kustomization("ok", "app", "./k8s/overlays/dev", { wait: true, timeout: "2m" });
    await holds("launch-ready", "ok");
  });

  it("a path, a build, a kind, a namespace that are not there", async () => {
    for (const [where, path] of [
      ["path", "development"],
      ["broken", "broken"],
      ["kinds", "kinds"],
    ] as const) {
      namespace(where);
      source(where, "app", `${git.url}/app.git`);
      kustomization(where, "app", `./k8s/overlays/${path}`);
    }
    namespace("nons");
    source("nons", "app", `${git.url}/app.git`);
    kustomization("nons", "app", "./k8s/overlays/dev", { targetNamespace: "record-not-there" });
    kustomization("nons", "unspecified", "./k8s/overlays/dev", { targetNamespace: undefined });
    cluster.store.mergePatch(
      {
        apiVersion: "kustomize.toolkit.fluxcd.io/v1",
        kind: "Kustomization",
        namespace: "record-nons",
        name: "unspecified",
      },
      { spec: { retryInterval: "31s" } },
    );
    await holds("path-missing", "path");
    await holds("build-failed", "broken");
    await holds("kind-unknown", "kinds");
    await holds("namespace-missing", "nons");
    leave("path", "broken", "kinds", "nons");
  });

  it("a service account that may only view", async () => {
    namespace("forbidden");
    cluster.store.create({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "weak", namespace: "record-forbidden" },
    });
    cluster.store.create({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "weak", namespace: "record-forbidden" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "ServiceAccount", name: "weak", namespace: "record-forbidden" }],
    });
    source("forbidden", "app", `${git.url}/app.git`);
    kustomization("forbidden", "app", "./k8s/overlays/dev", { serviceAccountName: "weak" });
    // Which object is tried first is chance there.
    await holds("apply-forbidden", "forbidden", [/Ingress\//]);
    leave("forbidden");
  });

  it("sources that are missing, without an artifact, or fail each in its way", async () => {
    namespace("dep");
    kustomization("dep", "app", "./k8s/overlays/dev");
    kustomization("dep", "waits", "./k8s/overlays/dev", { dependsOn: [{ name: "app" }] });
    source("dep", "noart", `${git.url}/nope/x.git`);
    kustomization("dep", "noart", "./", {
      sourceRef: { kind: "GitRepository", name: "noart" },
      targetNamespace: undefined,
    });
    namespace("bad");
    cluster.store.create({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "creds", namespace: "record-bad" },
      stringData: { username: "u", password: "p" },
    });
    source("bad", "notfound", `${git.url}/nope/x.git`);
    source("bad", "auth", `${git.url}/auth/app.git`);
    source("bad", "forbidden", `${git.url}/forbidden/app.git`);
    source("bad", "nosecret", `${git.url}/app.git`, { secretRef: { name: "nope" } });
    cluster.control.setDns("nowhere.rrr.test", []);
    source("bad", "dns", "http://nowhere.rrr.test/app.git");
    source("bad", "refused", "http://127.0.0.1:9/app.git");
    source("bad", "branch", `${git.url}/app.git`, { ref: { branch: "nope" } });
    source("bad", "authok", `${git.url}/auth/app.git`, { secretRef: { name: "creds" } });
    await holds("source-missing", "dep");
    await holds("sources-failing", "bad");
    leave("dep", "bad");
  });

  it("a cut line to the git server, with an artifact and without; and what is applied stays applied", async () => {
    namespace("cut");
    cluster.control.cutSource(git.url);
    source("cut", "fresh", `${git.url}/app.git`);
    cluster.store.mergePatch(
      { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", namespace: "record-ok", name: "app" },
      { metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": "now" } } },
    );
    await holds("source-cut", "cut", [/unable to list/]);
    await holds("source-cut", "ok", [/unable to clone/]);
    cluster.control.mendSource(git.url);
    await holds("launch-ready", "ok");
    leave("cut", "ok");
  });

  it("an image that is not in the registry", async () => {
    namespace("noimage");
    source("noimage", "app", `${git.url}/app.git`);
    cluster.world.clock.setSpeed(400);
    kustomization("noimage", "app", "./k8s/overlays/noimage", { wait: true, timeout: "45s" });
    await holds("image-missing", "noimage");
    leave("noimage");
    cluster.world.clock.setSpeed(60);
  });

  it("a registry that nobody answers for", async () => {
    const gone = await startRegistry();
    await gone.close();
    const unreachable = await startCluster({ mirrors: { "ghcr.io": gone.url } });
    const { objects, events } = recorded("registry-unreachable");
    unreachable.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "record-noimage" } });
    unreachable.store.create({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "web", namespace: "record-noimage" },
      spec: { containers: [{ name: "web", image: "ghcr.io/testbed/app:nope" }] },
    });
    const wanted = objects.map(shapeOf).map(({ containers }) => containers);
    const said = () => unreachable.store.list("v1", "Pod", { namespace: "record-noimage" }).map(shapeOf);
    await unreachable.until(
      () => JSON.stringify(said().map(({ containers }) => containers)) === JSON.stringify(wanted),
      "said",
    );
    expect(eventLines(unreachable.store, "record-noimage")).toEqual(expect.arrayContaining(events.map(eventLine)));
    await unreachable.close();
  });

  it("containers that crash, do not answer, lack a ConfigMap, or fit nowhere", async () => {
    for (const where of ["crash", "probe", "sched", "config"]) {
      namespace(where);
    }
    deployment("crash", { env: [{ name: "FAIL", value: "3" }] });
    deployment("probe", {
      env: [{ name: "START_SECONDS", value: "600" }],
      readinessProbe: { httpGet: { path: "/x", port: 3000 }, periodSeconds: 2 },
      livenessProbe: { httpGet: { path: "/", port: 3000 }, periodSeconds: 1, failureThreshold: 1 },
    });
    deployment("sched", { resources: { requests: { memory: "900Gi" } } });
    deployment("config", { envFrom: [{ configMapRef: { name: "nope" } }] });
    // The recorded container was there for a moment, ready; a real process here may end before it counts as ready.
    await holds("container-crashing", "crash");
    await holds("probes-failing", "probe");
    await holds("unschedulable", "sched");
    await holds("config-missing", "config");
    leave("crash", "probe", "sched", "config");
  });

  it("certificates: issued, without DNS, without an issuer", async () => {
    namespace("cert");
    cluster.control.setDns("nodns.rrr.test", []);
    for (const [name, host, issuer] of [
      ["web", "record", "letsencrypt-prod"],
      ["nodns", "nodns", "letsencrypt-prod"],
      ["noissuer", "noissuer", "nope"],
    ]) {
      cluster.store.create({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: {
          name: `${name}`,
          namespace: "record-cert",
          annotations: { "cert-manager.io/cluster-issuer": `${issuer}` },
        },
        spec: {
          ingressClassName: "traefik",
          tls: [{ hosts: [`${host}.rrr.test`], secretName: `${name}-tls` }],
          rules: [
            {
              host: `${host}.rrr.test`,
              http: {
                paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }],
              },
            },
          ],
        },
      });
    }
    await holds("certificates", "cert", [/WaitingForApproval|selfsigned|issuer-ca/]);
  });
});
