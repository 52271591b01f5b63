import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conditionOf } from "../../../../src/sandbox/cluster/controllers/runtime/conditions.ts";
import type { KubeObject } from "../../../../src/sandbox/cluster/store.ts";
import { askRoute } from "./ask-route.ts";
import { SERVER } from "./manifests.ts";
import { startCluster, type TestCluster } from "./start-cluster.ts";
import { startRegistry, type TestRegistry } from "./start-registry.ts";

describe("what scenarios break", () => {
  let cluster: TestCluster;
  let registry: TestRegistry;
  const namespace = "web";

  beforeAll(async () => {
    registry = await startRegistry({ username: "puller", password: "secret" });
    await registry.push("acme/web:1", { "app/server.js": SERVER });
    cluster = await startCluster({ mirrors: { "ghcr.io": registry.url } });
    cluster.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  });
  afterAll(async () => {
    await cluster.close();
    await registry.close();
    expect(cluster.errors).toEqual([]);
  });

  const pod = (name: string, spec: object = {}) =>
    cluster.store.create({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace, labels: { app: name } },
      spec: {
        containers: [
          {
            name: "app",
            image: "ghcr.io/acme/web:1",
            readinessProbe: { httpGet: { path: "/", port: 3000 }, periodSeconds: 1 },
          },
        ],
        ...spec,
      },
    });
  const podIs = (name: string, look: (object: KubeObject) => boolean, what: string) =>
    cluster.untilObject({ apiVersion: "v1", kind: "Pod", namespace, name }, look, what);
  const isRefused = (object: KubeObject) => JSON.stringify(object.status).includes("ErrImagePull");
  const pullSecret = (name: string, password: string) =>
    cluster.store.create({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace },
      type: "kubernetes.io/dockerconfigjson",
      stringData: { ".dockerconfigjson": JSON.stringify({ auths: { "ghcr.io": { username: "puller", password } } }) },
    });
  const ingress = (name: string, host: string, spec: object = {}) =>
    cluster.store.create({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name, namespace, annotations: { "cert-manager.io/cluster-issuer": "letsencrypt-prod" } },
      spec: {
        ingressClassName: "traefik",
        rules: [
          {
            host,
            http: {
              paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }],
            },
          },
        ],
        ...spec,
      },
    });

  it("an expired pull secret is refused by the token service, and none at all too", async () => {
    pullSecret("expired", "old");
    pod("expired", { imagePullSecrets: [{ name: "expired" }] });
    const expired = await podIs("expired", isRefused, "expired");
    expect(JSON.stringify(expired.status)).toContain("failed to authorize: failed to fetch oauth token");
    expect(JSON.stringify(expired.status)).toContain(": 401 Unauthorized");
    pod("anonymous");
    const anonymous = await podIs("anonymous", isRefused, "anonymous");
    expect(JSON.stringify(anonymous.status)).toContain("failed to fetch anonymous token");
    expect(JSON.stringify(anonymous.status)).toContain(": 403 Forbidden");
  });

  it("a renewed pull secret is taken at the next try", async () => {
    cluster.store.mergePatch(
      { apiVersion: "v1", kind: "Secret", namespace, name: "expired" },
      {
        data: {
          ".dockerconfigjson": Buffer.from(
            JSON.stringify({ auths: { "ghcr.io": { username: "puller", password: "secret" } } }),
          ).toString("base64"),
        },
      },
    );
    await podIs("expired", (object) => conditionOf(object, "Ready")?.status === "True", "running");
  });

  it("a route without endpoints answers 503, one of another class 404", async () => {
    cluster.store.create({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace },
      spec: { selector: { app: "nobody" }, ports: [{ port: 80, targetPort: 3000 }] },
    });
    ingress("web", "web.localhost");
    expect(await askRoute(cluster.routePort, "web.localhost")).toEqual({ status: 503, text: "no available server\n" });
    ingress("nginx", "nginx.localhost", { ingressClassName: "nginx" });
    expect((await askRoute(cluster.routePort, "nginx.localhost")).status).toBe(404);
    cluster.store.mergePatch(
      { apiVersion: "v1", kind: "Service", namespace, name: "web" },
      { spec: { selector: { app: "expired" } } },
    );
    expect((await askRoute(cluster.routePort, "web.localhost")).status).toBe(200);
  });

  it("a blocked port times out from outside and is open from inside; where nothing listens it is refused", async () => {
    const { control } = cluster;
    await cluster.until(() => control.outside("49.232.237.136", 31611) === "open", "Traefik listens");
    control.blockPort(31611);
    expect(control.outside("49.232.237.136", 31611)).toBe("timeout");
    expect(control.inside("49.232.237.136", 31611)).toBe("open");
    control.openPort(31611);
    expect(control.outside("web.localhost", 31611)).toBe("open");
    expect(control.outside("49.232.237.136", 31612)).toBe("refused");
  });

  it("port 80 closed makes the ACME server's validation fail, in its words", async () => {
    cluster.control.blockPort(80);
    ingress("closed", "closed.test", { tls: [{ hosts: ["closed.test"], secretName: "closed-tls" }] });
    const challenge = await cluster.until(
      () =>
        cluster.store
          .list("acme.cert-manager.io/v1", "Challenge", { namespace })
          .find(({ status }) => JSON.stringify(status)?.includes('"state":"invalid"')),
      "the challenge is invalid",
    );
    expect(JSON.stringify(challenge.status)).toContain("Timeout during connect (likely firewall problem)");
    const certificate = await cluster.untilObject(
      { apiVersion: "cert-manager.io/v1", kind: "Certificate", namespace, name: "closed-tls" },
      (object) => conditionOf(object, "Issuing")?.reason === "Failed",
      "failed",
    );
    expect(conditionOf(certificate, "Issuing")?.message).toContain('order is in "invalid" state');
    cluster.control.openPort(80);
  });

  it("a name that can never be public is refused when it is ordered", async () => {
    ingress("reserved", "rrr.example.com", { tls: [{ hosts: ["rrr.example.com"], secretName: "reserved-tls" }] });
    const certificate = await cluster.untilObject(
      { apiVersion: "cert-manager.io/v1", kind: "Certificate", namespace, name: "reserved-tls" },
      (object) => conditionOf(object, "Issuing")?.reason === "Failed",
      "refused",
    );
    expect(conditionOf(certificate, "Issuing")?.message).toContain("urn:ietf:params:acme:error:rejectedIdentifier");
  });

  it("pods that fit nowhere say so, and are placed when they fit", async () => {
    cluster.control.failScheduling();
    pod("late", { imagePullSecrets: [{ name: "expired" }] });
    const unfit = await podIs("late", (object) => conditionOf(object, "PodScheduled")?.status === "False", "unfit");
    expect(conditionOf(unfit, "PodScheduled")).toMatchObject({ reason: "Unschedulable" });
    cluster.control.mendScheduling();
    await podIs("late", (object) => conditionOf(object, "Ready")?.status === "True", "placed");
  });

  it("ends every process when it closes", async () => {
    const other = await startCluster({ mirrors: { "ghcr.io": registry.url } });
    await registry.push("acme/pid:1", { "app/server.js": "console.log(process.pid); setInterval(() => {}, 1000);" });
    other.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    other.store.create({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "pull", namespace },
      type: "kubernetes.io/dockerconfigjson",
      stringData: {
        ".dockerconfigjson": JSON.stringify({ auths: { "ghcr.io": { username: "puller", password: "secret" } } }),
      },
    });
    const made = other.store.create({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "pid", namespace },
      spec: { imagePullSecrets: [{ name: "pull" }], containers: [{ name: "app", image: "ghcr.io/acme/pid:1" }] },
    });
    const running = await new Promise<number>((resolve) => {
      const look = () => {
        const pid = Number(other.podLogs(made, {}));
        if (pid > 0) {
          resolve(pid);
        } else {
          setImmediate(look);
        }
      };
      look();
    });
    expect(process.kill(running, 0)).toBe(true);
    await other.close();
    expect(() => process.kill(running, 0)).toThrow("ESRCH");
  });
});
