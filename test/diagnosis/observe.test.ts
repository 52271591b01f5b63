import { describe, expect, test } from "vitest";
import { observe } from "../../src/diagnosis/observe.ts";
import type { EnvironmentFacts } from "../../src/facts/environment-facts.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { Ports } from "../../src/project/ports/ports.ts";
import type { Site } from "../../src/project/ports/sites.ts";
import { Problem } from "../../src/project/problem.ts";
import { known } from "../../src/project/read.ts";
import { condition, deployment, ingressObject } from "../builders/objects.ts";
import { at, NOW, project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";
import { siteSeen } from "../builders/site.ts";
import { createWorld } from "../builders/world/create-world.ts";

/** A port whose every method fails. */
function failing<T extends object>(port: T): T {
  return new Proxy(port, {
    get: (_, key) => async () => {
      throw new Problem("cluster-unreachable", { evidence: `${String(key)} failed` });
    },
  });
}

async function live() {
  const world = createWorld({ outside: true });
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  const [stored] = [...world.projects.stored.values()];
  if (!stored) throw new Error("it was just made");
  return {
    world,
    stored,
    look: (ports: Partial<Ports>, options?: Parameters<typeof observe>[3]) =>
      observe(world.projects.stored.get("rrr") ?? stored, settings(), { ...world.controller.ports, ...ports }, options),
  };
}

describe("a look at a project", () => {
  test("sees all of it, where it is asked for all", async () => {
    const { look, stored } = await live();
    const seen = await look({}, { whole: true });
    const sha = stored.status.launch.sha ?? "";
    expect(seen).toMatchObject({
      repository: { known: true, value: { state: "here", repository: { name: "rrr" } } },
      head: { known: true, value: { sha, author: "Ada" } },
      builds: { [sha]: { known: true, value: { state: "succeeded" } } },
      jobs: { known: true },
      failure: { known: true, value: undefined },
      images: { [sha.slice(0, 12)]: { known: true, value: true } },
    });
    expect(seen.environments).toMatchObject([
      {
        namespace: { value: { kind: "Namespace", name: "rrr" } },
        sources: { value: [{ name: "rrr" }, { name: `rrr-${sha.slice(0, 12)}`, artifact: sha }] },
        kustomization: { value: { applied: sha, source: `rrr-${sha.slice(0, 12)}` } },
        workloads: { value: [{ kind: "Deployment", settled: true }] },
        ingresses: { value: [{ name: "rrr" }] },
        certificates: { value: [] },
        answer: { state: "reachable", status: 200, from: "elsewhere", outside: true },
      },
    ]);
    expect(seen.environments[0]?.site?.from).toEqual(["inside", "elsewhere"]);
  });

  test("of one that is live and rests asks GitHub only whether somebody pushed and whether it tells of that, and the registry nothing", async () => {
    const { world, look } = await live();
    await world.pass();
    const calls = world.calls.length;
    const seen = await look({});
    expect(world.calls.slice(calls).filter((each) => /^(github|registry)/.test(each))).toEqual([
      "github.locate",
      "github.commit",
      "github.lastDelivery",
    ]);
    expect(seen).toMatchObject({ head: { known: true }, builds: {}, images: {} });
  });

  test("of one that waits for a commit asks for its build and image, and once the image lacks for what came before", async () => {
    const { world, look, stored } = await live();
    const sha = world.github.push("acme/rrr", "Only manifests", { paths: ["k8s/base/deployment.yaml"], run: false });
    const seen = await look({});
    expect(seen).toMatchObject({
      head: { value: { sha, title: "Only manifests" } },
      builds: { [sha]: { known: true, value: { state: "none" } } },
      images: { [sha.slice(0, 12)]: known(false) },
      workflow: known("active"),
      lineage: known({ sha, nearest: stored.status.launch.sha, onlyManifests: true }),
    });
  });

  test("of a commit that GitHub does not know yet does not say that nothing came before it", async () => {
    const { world, look } = await live();
    world.github.push("acme/rrr", "Just now", { run: false });
    const github = { ...world.controller.ports.github, lineage: async () => [] };
    expect((await look({ github })).lineage).toMatchObject({ known: false });
  });

  test("tells one that changed more than manifests from one that changed nothing else", async () => {
    const { world, look } = await live();
    world.github.push("acme/rrr", "Both", { paths: ["k8s/base/deployment.yaml", "src/index.ts"], run: false });
    expect((await look({})).lineage).toMatchObject({ known: true, value: { onlyManifests: false } });
  });

  test("of a build that failed reads the job, its step and its last lines", async () => {
    const { world, look } = await live();
    world.github.build.conclusion = "failure";
    world.github.push("acme/rrr", "Broken");
    await world.pass();
    world.wait(60);
    expect((await look({})).failure).toMatchObject({ known: true, value: { job: expect.any(String) } });
  });

  test("without GitHub is unknown there, with the reason, and sees the rest", async () => {
    const { world, look } = await live();
    const seen = await look({ github: failing(world.controller.ports.github) }, { whole: true });
    for (const part of [seen.repository, seen.head, ...Object.values(seen.builds)])
      expect(part).toEqual({ known: false, reason: "locate failed" });
    expect(Object.values(seen.images)).toEqual([known(true)]);
    expect(seen.environments[0]?.workloads.known).toBe(true);
  });

  test("whose repository is elsewhere takes no news of the one that has its name", async () => {
    const { world, look } = await live();
    world.github.rename("acme/rrr", "acme/shop");
    await world.github.github.createRepository({ owner: "acme", name: "rrr", visibility: "public", description: "x" });
    const calls = world.calls.length;
    const seen = await look({}, { whole: true });
    expect(seen.repository).toMatchObject({ known: true, value: { state: "moved", other: { name: "rrr" } } });
    for (const part of [seen.head, ...Object.values(seen.builds), ...Object.values(seen.manifests)])
      expect(part).toMatchObject({ known: false, reason: expect.stringContaining("acme/shop") });
    expect(world.calls.slice(calls).filter((each) => each.startsWith("github"))).toEqual(["github.locate"]);
  });

  test("without the registry does not say that an image is missing", async () => {
    const { world, look } = await live();
    const { images } = await look({ registry: failing(world.controller.ports.registry) }, { whole: true });
    expect(Object.values(images)).toEqual([{ known: false, reason: "has failed" }]);
  });

  test("without the cluster is unknown in all of it, and never rejects", async () => {
    const { world, look } = await live();
    const [here] = (await look({ cluster: failing(world.controller.ports.cluster) })).environments;
    const keys = ["namespace", "sources", "kustomization", "workloads", "pods", "services", "ingresses"] as const;
    for (const key of keys satisfies readonly (keyof EnvironmentFacts)[])
      expect(here?.[key]).toEqual({ known: false, reason: "list failed" });
    expect(here?.certificates).toEqual({ known: false, reason: "serves failed" });
    expect(here?.cloud).toBe("");
  });

  test("asks GitHub for nothing before there is a first commit", async () => {
    const world = createWorld();
    await observe(project({ status: { launch: {} } }), settings(), {
      ...world.controller.ports,
      github: failing(world.controller.ports.github),
    });
    expect(world.calls.filter((each) => each.startsWith("github") || each.startsWith("registry"))).toEqual([]);
  });

  test("takes what was seen of the URL last, and waits for no look, unless it is asked for all", async () => {
    const { world, look } = await live();
    const asked: Site[] = [];
    const { sites } = world.controller.ports;
    const seen = siteSeen({ inside: { state: "tcp-refused" } });
    const port = {
      ...sites,
      seen: () => seen,
      look: async (_: string, site: Site) => {
        asked.push(site);
        return siteSeen({ inside: { state: "http-timeout" } }, { site });
      },
    };
    const answer = async (whole: boolean) => (await look({ sites: port }, { whole })).environments[0]?.answer;
    expect(await answer(false)).toMatchObject({ why: "port-refused" });
    expect(asked).toEqual([]);
    expect(await answer(true)).toMatchObject({ why: "http-no-answer" });
    expect(asked).toMatchObject([{ environment: "production", url: "http://rrr.example.com", address: "203.0.113.7" }]);
  });

  test("looks at no route while nothing is behind it", async () => {
    const world = createWorld({ outside: true });
    world.cluster.put(
      deployment({
        status: { availableReplicas: 0, conditions: [condition("Available", "False", "MinimumReplicasUnavailable")] },
      }),
    );
    world.cluster.put(ingressObject());
    const { environments } = await observe(project(), settings(), world.controller.ports, { whole: true });
    expect(environments[0]).toMatchObject({ site: undefined, answer: { state: "unseen" } });
  });

  test("asks who stopped what stands still, and of nothing else", async () => {
    const { world, look } = await live();
    const asked: string[] = [];
    const managers = [{ name: "flux", operation: "Update", fields: ["spec.suspend"] }];
    const cluster = {
      ...world.controller.ports.cluster,
      managers: async ({ kind, name }: { kind: string; name: string }) => {
        asked.push(`${kind}/${name}`);
        return managers;
      },
    };
    await look({ cluster });
    expect(asked).toEqual([]);
    const source = world.cluster.objects.get("GitRepository/rrr/rrr") ?? expect.fail();
    source.spec = { ...(source.spec as object), suspend: true };
    const [here] = (await look({ cluster })).environments;
    expect(asked).toEqual(["GitRepository/rrr"]);
    expect(here?.handlers).toEqual({ "GitRepository/rrr/rrr": managers });
  });

  test("asks who counts the pods of what does not ask for as many as it was given", async () => {
    const { world, look, stored } = await live();
    world.edit(({ environments }) => environments.map((each) => Object.assign(each, { replicas: 3 })));
    await world.pass();
    const asked: string[] = [];
    const managers = async ({ kind, name }: { kind: string; name: string }) => {
      asked.push(`${kind}/${name}`);
      return [];
    };
    const ports = { cluster: { ...world.controller.ports.cluster, managers } };
    const application = world.cluster.objects.get("Deployment/rrr/rrr") ?? expect.fail();
    world.cluster.put({ ...application, metadata: { ...application.metadata, name: "worker", uid: "w" } });
    await look(ports);
    expect(asked).toEqual([]);
    application.spec = { ...Object(application.spec), replicas: 1 };
    await look(ports);
    expect([asked, stored.metadata.name]).toEqual([["Deployment/rrr"], "rrr"]);
  });

  test("asks for the chain of a certificate, and for events of a source or of a Job without pods, only while they are not well", async () => {
    const listed = async (...objects: KubeObject[]) => {
      const world = createWorld();
      for (const object of objects) world.cluster.put(object);
      const { cluster } = world.controller.ports;
      const kinds: string[] = [];
      const list: typeof cluster.list = (apiVersion, kind, options) => {
        kinds.push(kind);
        return cluster.list(apiVersion, kind, options);
      };
      const ports = { ...world.controller.ports, cluster: { ...cluster, list, serves: async () => true } };
      await observe(project(), settings(), ports);
      return kinds.filter((kind) => /^(CertificateRequest|Order|Challenge|Event)$/.test(kind));
    };
    const labels = { "slipway.dev/project": "rrr" };
    const object = (kind: string, status: "True" | "False"): KubeObject => ({
      ...{ apiVersion: "x", kind, metadata: { name: "rrr", namespace: "rrr", labels } },
      status: { conditions: [condition("Ready", status, "x")] },
    });
    expect(await listed(object("Certificate", "True"), object("GitRepository", "True"))).toEqual([]);
    expect(await listed(object("Certificate", "False"))).toEqual(["CertificateRequest", "Order", "Challenge"]);
    expect(await listed(object("GitRepository", "False"))).toEqual(["Event"]);
    const job = (status: object, seconds: number): KubeObject => ({
      ...{ apiVersion: "batch/v1", kind: "Job", spec: {}, status },
      metadata: { name: "migrate", namespace: "rrr", labels, creationTimestamp: at(seconds).toISOString() },
    });
    expect(await listed(job({}, -5))).toEqual([]);
    expect(await listed(job({}, -10))).toEqual(["Event"]);
    expect(await listed(job({ failed: 1 }, -10))).toEqual([]);
  });

  describe("at a Job", () => {
    const labels = { "slipway.dev/project": "rrr" };
    const selector = { "batch.kubernetes.io/controller-uid": "uid-migrate" };
    const job = (status: object, metadata: object = {}): KubeObject => ({
      ...{ apiVersion: "batch/v1", kind: "Job" },
      metadata: { name: "migrate", namespace: "rrr", uid: "uid-migrate", labels, ...metadata },
      spec: { selector: { matchLabels: selector } },
      status: { startTime: NOW.toISOString(), ...status },
    });
    const ofJob: KubeObject = {
      ...{ apiVersion: "v1", kind: "Pod" },
      metadata: {
        ...{ name: "migrate-x", namespace: "rrr", uid: "uid-pod", labels: selector },
        ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name: "migrate", uid: "uid-migrate" }],
      },
      spec: { containers: [{ name: "migrate", image: "x" }] },
    };
    const looking = async (seconds: number, objects: KubeObject[], failing?: string) => {
      const world = createWorld();
      world.wait((NOW.getTime() - world.now().getTime()) / 1000 + seconds);
      for (const object of objects) world.cluster.put(object);
      const { cluster } = world.controller.ports;
      const asked: unknown[] = [];
      const list: typeof cluster.list = async (apiVersion, kind, options) => {
        const { labels: by = {} } = options ?? {};
        const isOurs = Object.hasOwn(by, "slipway.dev/project");
        if (kind === "CronJob" || (kind === "Pod" && !isOurs)) {
          asked.push([kind, options]);
          if (kind === failing) throw new Problem("cluster-unreachable", { evidence: "no answer" });
        }
        return cluster.list(apiVersion, kind, options);
      };
      const ports = { ...world.controller.ports, cluster: { ...cluster, list } };
      const { environments } = await observe(project(), settings(), ports);
      return { asked, here: environments[0] ?? expect.fail() };
    };

    test("that runs, starts, rests or has ended, asks for no pods", async () => {
      const cases: [number, object][] = [
        [60, { active: 1, ready: 1 }],
        [5, { active: 1, ready: 0 }],
        [60, {}],
        [60, { succeeded: 1, ready: 0 }],
      ];
      for (const [seconds, status] of cases) expect((await looking(seconds, [job(status), ofJob])).asked).toEqual([]);
    });

    test("whose pods do not get ready, asks for them by its own selector: they do not bear our label", async () => {
      const { asked, here } = await looking(30, [job({ active: 1, ready: 0 }), ofJob]);
      expect(asked).toEqual([["Pod", { namespace: "rrr", labels: selector }]]);
      expect(here.workloads).toMatchObject({ value: [{ kind: "Job", pods: [{ name: "migrate-x" }] }] });
      expect(here.pods).toMatchObject({ known: true, value: [{ name: "migrate-x" }] });
    });

    test("counts a pod that its team has labelled once", async () => {
      const labelled = { ...ofJob, metadata: { ...ofJob.metadata, labels: { ...selector, ...labels } } };
      const { here } = await looking(30, [job({ active: 1, ready: 0 }), labelled]);
      expect(here.pods).toMatchObject({ value: [{ name: "migrate-x" }] });
      expect(here.pods.known && here.pods.value).toHaveLength(1);
    });

    test("whose pods cannot be read, knows of pods that it does not know all; what others show still counts", async () => {
      const { here } = await looking(30, [job({ active: 1, ready: 0 }), ofJob, deployment()], "Pod");
      expect(here.pods).toEqual({ known: false, reason: "no answer" });
      expect(here.workloads).toMatchObject({ known: true, value: [{ settled: true }, { kind: "Job", pods: [] }] });
    });

    test("without a selector asks for nothing", async () => {
      const { spec: _, ...bare } = job({ active: 1, ready: 0 });
      expect((await looking(30, [bare])).asked).toEqual([]);
    });

    test("of a CronJob whose runs pile up, asks for the newest one's pods", async () => {
      const run = (name: string, seconds: number): KubeObject => ({
        ...job({ active: 1, startTime: at(seconds).toISOString() }, { name, uid: name, ownerReferences: [owner] }),
        spec: { selector: { matchLabels: { "batch.kubernetes.io/controller-uid": name } } },
      });
      const { asked } = await looking(600, [run("a", 0), run("c", 120), run("b", 60)]);
      expect(asked).toEqual([["Pod", { namespace: "rrr", labels: { "batch.kubernetes.io/controller-uid": "c" } }]]);
    });

    const owner = { apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid: "uid-nightly" };

    test("of a CronJob asks for the CronJob only once it has failed", async () => {
      const how = (type: string, ownerReferences: object[] = [owner]) =>
        job({ conditions: [condition(type, "True", "x")] }, { ownerReferences });
      expect((await looking(60, [how("Complete")])).asked).toEqual([]);
      expect((await looking(60, [how("Failed", [])])).asked).toEqual([]);
      const { asked, here } = await looking(60, [how("Failed")], "CronJob");
      expect(asked).toEqual([["CronJob", { namespace: "rrr", labels }]]);
      expect(here.cronJobs).toEqual({ known: false, reason: "no answer" });
    });
  });

  test("tells the cloud by the node's provider", async () => {
    const world = createWorld();
    world.cluster.put({
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: "n" },
      spec: { providerID: "qcloud:///800002/ins-1" },
    });
    expect((await observe(project(), settings(), world.controller.ports)).environments[0]?.cloud).toBe("tencent");
  });
});
