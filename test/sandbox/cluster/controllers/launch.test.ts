import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conditionOf } from "../../../../src/sandbox/cluster/controllers/runtime/conditions.ts";
import { askRoute } from "./ask-route.ts";
import { makeRepository, type TestRepository } from "./make-repository.ts";
import { MANIFESTS, SERVER } from "./manifests.ts";
import { startCluster, type TestCluster } from "./start-cluster.ts";
import { startRegistry, type TestRegistry } from "./start-registry.ts";

describe("a launch", () => {
  let cluster: TestCluster;
  let registry: TestRegistry;
  let repository: TestRepository;
  let directory: string;
  const kustomization = {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    namespace: "rrr",
    name: "rrr",
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "slipway-source-"));
    repository = makeRepository(join(directory, "rrr"));
    registry = await startRegistry({ username: "puller", password: "secret" });
    cluster = await startCluster({ mirrors: { "ghcr.io": registry.url } });
  });
  afterAll(async () => {
    await cluster.close();
    await registry.close();
    await rm(directory, { recursive: true });
    expect(cluster.errors).toEqual([]);
  });

  it("goes from a commit to a page that Traefik's route answers with", async () => {
    const sha = repository.commit(MANIFESTS, "The first commit");
    await registry.push("acme/rrr:1", { "app/server.js": SERVER });
    cluster.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } });
    cluster.store.create({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "registry-pull", namespace: "rrr" },
      type: "kubernetes.io/dockerconfigjson",
      data: {
        ".dockerconfigjson": Buffer.from(
          JSON.stringify({ auths: { "ghcr.io": { username: "puller", password: "secret" } } }),
        ).toString("base64"),
      },
    });
    cluster.store.create({
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: "rrr", namespace: "rrr" },
      spec: { url: repository.url, interval: "1m", ref: { branch: "main" } },
    });
    cluster.store.create({
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: "rrr", namespace: "rrr" },
      spec: {
        sourceRef: { kind: "GitRepository", name: "rrr" },
        path: "./k8s/overlays/development",
        interval: "10m",
        prune: true,
        wait: true,
        timeout: "5m",
        targetNamespace: "rrr",
        images: [{ name: "ghcr.io/acme/rrr", newTag: "1" }],
      },
    });
    const ready = await cluster.untilObject(
      kustomization,
      (object) => conditionOf(object, "Ready")?.status === "True",
      "the Kustomization is ready",
    );
    expect(conditionOf(ready, "Ready")).toMatchObject({
      reason: "ReconciliationSucceeded",
      message: `Applied revision: main@sha1:${sha}`,
    });
    const ingress = cluster.store.get({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      namespace: "rrr",
      name: "rrr",
    });
    expect(ingress?.status).toEqual({ loadBalancer: { ingress: [{ ip: "49.232.237.136" }] } });
    expect(await askRoute(cluster.routePort, "rrr.localhost", "/hello")).toEqual({
      status: 200,
      text: "hello from /hello, colour blue",
    });
    expect(cluster.routeUrl("rrr.localhost")).toBe(`http://rrr.localhost:${cluster.routePort}`);
  });

  it("keeps what the application writes, for its logs", () => {
    const pod = cluster.store.list("v1", "Pod", { namespace: "rrr" })[0];
    expect(pod && cluster.podLogs(pod, {})).toBe("listening\n");
  });

  it("answers as Traefik does where there is no route, and no route without its ClusterRole", async () => {
    expect(await askRoute(cluster.routePort, "nowhere.localhost")).toEqual({
      status: 404,
      text: "404 page not found\n",
    });
    cluster.control.removeTraefikRole();
    expect((await askRoute(cluster.routePort, "rrr.localhost")).status).toBe(404);
    cluster.control.restoreTraefikRole();
    expect((await askRoute(cluster.routePort, "rrr.localhost")).status).toBe(200);
  });

  it("rolls a pushed change out, and serves throughout", async () => {
    await registry.push("acme/rrr:2", { "app/server.js": SERVER.replace("hello", "good day") });
    cluster.store.mergePatch(kustomization, { spec: { images: [{ name: "ghcr.io/acme/rrr", newTag: "2" }] } });
    const statuses: number[] = [];
    let text = "";
    while (!text.startsWith("good day")) {
      const answer = await askRoute(cluster.routePort, "rrr.localhost");
      statuses.push(answer.status);
      text = answer.text;
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it("prunes what a commit takes away, and everything when the Kustomization goes", async () => {
    repository.commit({ "k8s/base/kustomization.yaml": "resources: [deployment.yaml, service.yaml]\n" });
    cluster.store.mergePatch(
      { ...kustomization, apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" },
      { metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": "now" } } },
    );
    await cluster.until(
      () => cluster.store.list("networking.k8s.io/v1", "Ingress", { namespace: "rrr" }).length === 0,
      "the Ingress is pruned",
    );
    await cluster.untilObject(
      kustomization,
      (object) => conditionOf(object, "Ready")?.status === "True",
      "ready again",
    );
    cluster.store.delete(kustomization);
    await cluster.until(
      () => cluster.store.list("v1", "Pod", { namespace: "rrr" }).length === 0 && !cluster.store.get(kustomization),
      "all is pruned",
    );
    expect(cluster.store.list("apps/v1", "Deployment", { namespace: "rrr" })).toEqual([]);
  });
});
