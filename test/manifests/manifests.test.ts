import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { crdYaml } from "../../scripts/crd-yaml.ts";
import { reconcile } from "../../src/controller/reconcile.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { STATUS_VERSION } from "../../src/project/status.ts";
import { condition } from "../builders/objects.ts";
import { NOW, project } from "../builders/project.ts";
import { wish } from "../builders/wish.ts";
import { createWorld } from "../builders/world/create-world.ts";
import { type Server, soon, startServer } from "../cluster-client/start-server.ts";

const BASE = new URL("../../manifests/base/", import.meta.url);
const BOT = "system:serviceaccount:slipway-system:slipway";
const { resources } = parse(readFileSync(new URL("kustomization.yaml", BASE), "utf8")) as { resources: string[] }; // kustomize's own form
let server: Server;
let client: ReturnType<Server["connect"]>;

beforeAll(async () => {
  server = await startServer();
  for (const file of resources)
    for (const document of parseAllDocuments(readFileSync(new URL(file, BASE), "utf8")))
      server.store.apply(document.toJS(), { fieldManager: "kubectl", force: true });
  client = server.connect();
  // Its calls alone are of use here.
  client.cluster.stop();
  server.store.create({
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "traefik" },
    spec: { controller: "traefik.io/ingress-controller" },
  });
});
afterAll(() => server.close());

describe("the manifests", () => {
  test("list every file beside the kustomization", () => {
    expect([...resources].sort()).toEqual(
      readdirSync(BASE)
        .filter((file) => file !== "kustomization.yaml")
        .sort(),
    );
  });

  test("have the Project's definition as src/project has it", () => {
    expect(readFileSync(new URL("crd.yaml", BASE), "utf8")).toBe(crdYaml());
    const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      scripts: Record<string, string>;
    }; // npm's own form
    expect(scripts["make:crd"]).toBe("node scripts/make-crd.ts");
  });
});

describe("the Project's definition", () => {
  test("keeps all that the bot writes: nothing is pruned", async () => {
    const world = createWorld({ outside: true });
    world.outcomes.elsewhere = { state: "tcp-timeout" };
    await world.create();
    await world.until(() => world.status().environments[0]?.released !== undefined);
    world.cluster.flux.reachesGit = false;
    await world.until(() => world.status().phase === "Failed" && world.status().findings.length === 2);
    world.controller.delivered.push({
      project: "rrr",
      uid: "project-1",
      key: "launch",
      record: { channel: "C1", ts: "1.2", digest: "d", at: "2026-03-01T10:00:00.000Z" },
    });
    await world.wish("retry");
    await world.pass();
    await world.until(() => world.status().phase === "Failed");
    const { spec, status } = world.projects.stored.get("rrr") ?? project();
    expect(status.findings.length).toBe(2);
    expect(status.failure?.code).toBe("port-blocked");
    const { projects } = client;
    const made = await projects.create("kept-whole", spec);
    await projects.writeStatus(made, {
      ...status,
      slack: { problem: "slack-archived", since: "2026-03-01T10:00:00.000Z" },
    });
    const read = await projects.get("kept-whole");
    expect(read?.status).toEqual({
      ...status,
      version: STATUS_VERSION,
      slack: { problem: "slack-archived", since: "2026-03-01T10:00:00.000Z" },
    });
    expect(read?.spec).toEqual(spec);
    await projects.delete(made);
  });

  const valid = project().spec;
  test.each<[string, object]>([
    ["without an owner", { ...valid, owner: undefined }],
    ["without an environment", { ...valid, environments: [] }],
    ["of no known visibility", { ...valid, visibility: "internal" }],
    ["with half a replica", { ...valid, environments: [{ ...valid.environments[0], replicas: 0.5 }] }],
    ["with a wish that has no time", { ...valid, wishes: { "1": { kind: "cancel", by: "U1" } } }],
    ["with a wish of before that has no time", { ...valid, intents: { cancel: { id: "1", by: "U1" } } }],
  ])("refuses a Project %s", async (_, spec) => {
    const { projects } = client;
    await expect(projects.create("refused", spec as typeof valid)).rejects.toMatchObject({ code: "object-invalid" }); // wrong on purpose
  });
});

describe("the bot's rights", () => {
  /** What Flux and the cluster would do, as an administrator. */
  function follow({ store }: Server) {
    const [flux] = store.list("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { namespace: "rrr" }) as KubeObject[];
    const sources = store.list("source.toolkit.fluxcd.io/v1", "GitRepository", { namespace: "rrr" }) as KubeObject[];
    for (const source of sources.filter(({ status }) => status === undefined)) {
      const { ref } = source.spec as { ref: { branch: string; commit?: string } }; // as git-repository-of.ts writes it
      const revision = ref.commit === undefined ? `${ref.branch}@sha1:${"0".repeat(40)}` : `sha1:${ref.commit}`;
      store.updateStatus(
        { apiVersion: source.apiVersion, kind: source.kind, namespace: "rrr", name: source.metadata.name },
        {
          artifact: {
            revision,
            digest: `sha256:${"0".repeat(64)}`,
            lastUpdateTime: NOW.toISOString(),
            path: "p",
            url: "u",
          },
          conditions: [condition("Ready", "True", "Succeeded"), condition("ArtifactInStorage", "True", "Succeeded")],
        },
      );
    }
    const { sourceRef } = (flux?.spec ?? {}) as { sourceRef?: { name: string } }; // as kustomization-of.ts writes it
    const applied = sources.find(({ metadata }) => metadata.name === sourceRef?.name)?.status as
      | { artifact: { revision: string } }
      | undefined; // as it is written above
    if (flux && applied)
      store.updateStatus(
        { apiVersion: flux.apiVersion, kind: flux.kind, namespace: "rrr", name: "rrr" },
        {
          observedGeneration: flux.metadata.generation ?? 1,
          lastAppliedRevision: applied.artifact.revision,
          inventory: {
            entries: ["apps_Deployment", "networking.k8s.io_Ingress"].map((kind) => ({
              id: `rrr_rrr_${kind}`,
              v: "v1",
            })),
          },
          conditions: [condition("Ready", "True", "ReconciliationSucceeded")],
        },
      );
    const { images } = (flux?.spec ?? {}) as { images?: { name: string; newTag: string }[] }; // as kustomization-of.ts writes it
    const [image] = images ?? [];
    if (!image || store.list("apps/v1", "Deployment", { namespace: "rrr" }).length > 0) return;
    const metadata = { name: "rrr", namespace: "rrr", labels: { "slipway.dev/project": "rrr", app: "rrr" } };
    store.create({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        selector: { matchLabels: { app: "rrr" } },
        template: {
          metadata: { labels: { app: "rrr" } },
          spec: { containers: [{ name: "app", image: `${image.name}:${image.newTag}` }] },
        },
      },
    });
    store.updateStatus(
      { apiVersion: "apps/v1", kind: "Deployment", namespace: "rrr", name: "rrr" },
      {
        observedGeneration: 1,
        replicas: 1,
        updatedReplicas: 1,
        readyReplicas: 1,
        availableReplicas: 1,
        conditions: [condition("Available", "True", "MinimumReplicasAvailable")],
      },
    );
    store.create({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata,
      spec: {
        rules: [
          {
            host: "rrr.example.com",
            http: {
              paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "rrr", port: { number: 80 } } } }],
            },
          },
        ],
      },
    });
  }

  test("are enough for a whole launch and its removal, and an idle hour costs next to no calls and no writes", async () => {
    const world = createWorld();
    world.github.build.seconds = 6;
    const clock = { now: world.now };
    const { cluster, projects } = server.connect({ config: server.config(BOT), clock });
    await cluster.synced;
    expect(cluster.problems()).toEqual([]);
    world.controller.ports = { ...world.controller.ports, cluster, projects };
    await projects.create("rrr", project().spec);
    const statusNow = async () => (await projects.get("rrr"))?.status;
    const from = server.calls.length;

    const pass = async () => {
      await reconcile("rrr", world.controller);
      follow(server);
      world.wait(3);
    };
    await soon(async () => {
      await pass();
      return (await statusNow())?.phase === "Live";
    });

    // One more, for what is noted of the pass before; the next finds everything in order.
    await pass();
    const settled = server.calls.length;
    await reconcile("rrr", world.controller);
    const idle = server.calls.slice(settled).map(({ method, path }) => `${method} ${path}`);
    expect(idle).toEqual(["GET /apis/slipway.dev/v1alpha1/namespaces/slipway-system/projects/rrr"]);
    // Of the tenant's account and its binding no watch tells; of the rest of an hour nothing is asked, and nothing written.
    for (let minute = 0; minute < 60; minute += 5) {
      world.wait(300);
      const later = server.calls.length;
      await reconcile("rrr", world.controller);
      const seldom = server.calls.slice(later).map(({ method, path }) => `${method} ${path}`);
      expect(seldom.filter((each) => !each.startsWith("GET"))).toEqual([]);
      expect(seldom.length).toBeLessThanOrEqual(5);
    }

    await projects.wish("rrr", wish("remove"));
    await soon(async () => {
      await pass();
      return (await projects.get("rrr")) === undefined;
    });
    expect(server.store.get({ apiVersion: "v1", kind: "Namespace", name: "rrr" })).toBeUndefined();
    const refused = server.calls.slice(from).filter(({ status }) => status === 403 || status === 401);
    expect(refused.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  test("are no more than that", async () => {
    const { cluster } = server.connect({ config: server.config(BOT) });
    cluster.stop();
    const may = (verb: string, group: string, resource: string, namespace?: string) =>
      cluster.can(verb, { group, resource, ...(namespace === undefined ? {} : { namespace }) });
    expect(await may("list", "", "secrets")).toBe(false);
    expect(await may("create", "rbac.authorization.k8s.io", "clusterrolebindings")).toBe(false);
    expect(await may("bind", "rbac.authorization.k8s.io", "clusterroles")).toBe(false);
    expect(await may("delete", "apps", "deployments", "rrr")).toBe(false);
    expect(await may("create", "slipway.dev", "projects", "rrr")).toBe(false);
    server.store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "elsewhere" } });
    const binding = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "up", namespace: "elsewhere" },
      subjects: [{ kind: "ServiceAccount", name: "default", namespace: "elsewhere" }],
    };
    const roleRef = (name: string) => ({
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    });
    await expect(cluster.apply({ ...binding, ...roleRef("cluster-admin") })).rejects.toMatchObject({
      code: "rbac-missing",
    });
    await cluster.apply({ ...binding, ...roleRef("slipway-project") });
  });
});
