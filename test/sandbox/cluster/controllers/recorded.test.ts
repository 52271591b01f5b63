import { readdirSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { KubeObject } from "../../../../src/sandbox/cluster/store.ts";
import { startSurroundings } from "../../../contract/controllers/start-surroundings.ts";
import { eventLine, eventLines, recorded, shapeOf } from "./recorded.ts";
import { RECORDED_APPLICATION, RECORDED_REPOSITORY } from "./recorded-manifests.ts";
import { namespacesOf, recordings } from "./recordings.ts";
import { startCluster, type TestCluster } from "./start-cluster.ts";
import { startRegistry, type TestRegistry } from "./start-registry.ts";
import { tarOf } from "./tar-of.ts";

/** Slow enough that a machine with much to do gets through a real `git clone` in what is a minute there. */
const SPEED = 30;
/** Milliseconds. */
const PATIENCE = 30_000;
const KEPT = "record-ok";

describe("the simulated cluster says what the recorded one said", () => {
  let cluster: TestCluster;
  let registry: TestRegistry;
  let beside: Awaited<ReturnType<typeof startSurroundings>>;
  let mirrors: Record<string, string>;

  beforeAll(async () => {
    const files = { "app/server.js": RECORDED_APPLICATION };
    beside = await startSurroundings(
      { address: "127.0.0.1", gitPort: 0, registryPort: 0, githubPort: 0 },
      { layer: await tarOf(files), entrypoint: ["node", "/app/server.js"] },
    );
    beside.commit("app", RECORDED_REPOSITORY, "The first commit");
    registry = await startRegistry();
    await registry.push("testbed/app:1", files);
    mirrors = { "ghcr.io": registry.url };
    cluster = await startCluster({ mirrors, speed: SPEED });
  });
  afterAll(async () => {
    await cluster.close();
    await beside.close();
    await registry.close();
    expect(cluster.errors).toEqual([]);
  });

  // What fails would go on failing while the next is looked at.
  afterEach(() => {
    for (const { metadata } of cluster.store.list("v1", "Namespace")) {
      if (metadata.name.startsWith("record-") && metadata.name !== KEPT) {
        cluster.store.delete({ apiVersion: "v1", kind: "Namespace", name: metadata.name });
      }
    }
    cluster.control.mendSource(beside.gitUrl);
    cluster.control.openPort(80);
    cluster.world.clock.setSpeed(SPEED);
    mirrors["ghcr.io"] = registry.url;
  });

  /** What the recorded cluster was given. */
  const give = (...names: string[]) => {
    const given = names.flatMap((name) => recordings[name]?.given({ git: beside.gitUrl, login: beside.login }) ?? []);
    for (const name of namespacesOf(given)) {
      cluster.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
    for (const object of given) cluster.store.create(object);
  };
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
      await cluster.until(found, wanted.object, PATIENCE).catch(() => {});
      if (!found()) {
        expect(like()).toEqual([wanted]);
      }
    }
    const wanted = [...new Set(events.map(eventLine))].filter((line) => !except.some((one) => one.test(line)));
    const told = () => eventLines(cluster.store, `record-${where}`);
    const missing = () => wanted.filter((line) => !told().includes(line));
    await cluster.until(() => missing().length === 0, "events", PATIENCE).catch(() => {});
    expect({ missing: missing(), told: missing().length > 0 ? told() : [] }).toEqual({ missing: [], told: [] });
  }

  it("a launch that went well", async () => {
    give("launch-ready");
    await holds("launch-ready", "ok");
  });

  it("a path, a build, a kind, a namespace that are not there", async () => {
    give("path-missing", "build-failed", "kind-unknown", "namespace-missing");
    await holds("path-missing", "path");
    await holds("build-failed", "broken");
    await holds("kind-unknown", "kinds");
    await holds("namespace-missing", "nons");
  });

  it("a service account that may only view", async () => {
    give("apply-forbidden");
    // Which object is tried first is chance there.
    await holds("apply-forbidden", "forbidden", [/Ingress\//]);
  });

  it("sources that are missing, without an artifact, or fail each in its way", async () => {
    cluster.control.setDns("nowhere.rrr.test", []);
    give("source-missing", "sources-failing");
    await holds("source-missing", "dep");
    await holds("sources-failing", "bad");
  });

  it("a cut line to the git server, with an artifact and without; and what is applied stays applied", async () => {
    cluster.control.cutSource(beside.gitUrl);
    give("source-cut");
    cluster.store.mergePatch(
      { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", namespace: "record-ok", name: "app" },
      { metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": "now" } } },
    );
    await holds("source-cut", "cut", [/unable to list/]);
    await holds("source-cut", "ok", [/unable to clone/]);
    cluster.control.mendSource(beside.gitUrl);
    await holds("launch-ready", "ok");
  });

  it("an image that is not in the registry", async () => {
    cluster.world.clock.setSpeed(400);
    give("image-missing");
    await holds("image-missing", "noimage");
  });

  it("a registry that nobody answers for", async () => {
    const gone = await startRegistry();
    await gone.close();
    mirrors["ghcr.io"] = gone.url;
    give("registry-unreachable");
    const { objects, events } = recorded("registry-unreachable");
    const containers = (all: KubeObject[]) => JSON.stringify(all.map((each) => shapeOf(each).containers));
    await cluster.until(
      () => containers(cluster.store.list("v1", "Pod", { namespace: "record-noregistry" })) === containers(objects),
      "said",
    );
    expect(eventLines(cluster.store, "record-noregistry")).toEqual(expect.arrayContaining(events.map(eventLine)));
  });

  it("a private image without its secret, with a wrong one, and one for other machines", async () => {
    mirrors["ghcr.io"] = beside.registryUrl;
    await beside.push("acme/app:1");
    await beside.push("acme/arm:1", "arm64");
    give("image-unauthorized", "image-platform");
    await holds("image-unauthorized", "secretless", [/expired|oauth token/]);
    await holds("image-unauthorized", "expired", [/secretless|anonymous token/]);
    await holds("image-platform", "platform");
  });

  it("containers that crash, do not answer, lack a ConfigMap, or fit nowhere", async () => {
    give("container-crashing", "probes-failing", "unschedulable", "config-missing");
    await holds("container-crashing", "crash");
    await holds("probes-failing", "probe");
    await holds("unschedulable", "sched");
    await holds("config-missing", "config");
  });

  it("Jobs that fail, whose image is not there, that fit nowhere, whose init container crashes", async () => {
    give("job-failed", "job-image-missing", "job-unschedulable", "job-init-crashing");
    // Recorded on a node that had the image still to pull; on this one it is by now.
    await holds("job-failed", "job", [/Pulling image|Successfully pulled/]);
    await holds("job-image-missing", "jobimage");
    await holds("job-unschedulable", "jobsched");
    await holds("job-init-crashing", "jobinit");
  });

  it("certificates: issued, without DNS, without an issuer", async () => {
    cluster.control.setDns("nodns.rrr.test", []);
    give("certificates");
    await holds("certificates", "cert", [/WaitingForApproval|selfsigned|issuer-ca/]);
  });

  it("a certificate whose challenge failed", async () => {
    cluster.control.blockPort(80);
    give("challenge-failed");
    // Whether it is told depends on who looks first there.
    await holds("challenge-failed", "closed", [/WaitingForApproval|selfsigned|issuer-ca|OrderPending/]);
  });
});

describe("what was recorded", () => {
  const files = readdirSync(new URL("../../../fixtures/cluster", import.meta.url))
    .map((file) => file.replace(".json", ""))
    // What kustomize builds, no cluster.
    .filter((name) => name !== "kustomize");

  it.each(files)("%s can be recorded again, and names the versions of what said it", (name) => {
    expect(Object.keys(recordings)).toContain(name);
    const version = expect.stringMatching(/^\d+\.\d+/);
    expect(recorded(name).recorded).toEqual({
      on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      kubernetes: version,
      flux: expect.stringMatching(/^source-controller \d\S+, kustomize-controller \d\S+$/),
      certManager: version,
      traefik: version,
      containerd: version,
    });
  });
});
