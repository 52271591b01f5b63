import { describe, expect, test } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const quick = (outside = false) => {
  const world = createWorld({ outside });
  world.github.build.seconds = 6;
  return world;
};

async function launched(outside = false) {
  const world = quick(outside);
  await world.create();
  await world.live();
  return world;
}

const failed = (world: MemoryWorld) => () => world.status().phase === "Failed";

describe("what stands in the way", () => {
  const foreign = { apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } };
  const earlier = {
    ...foreign,
    metadata: {
      name: "rrr",
      labels: { "slipway.dev/project": "rrr" },
      annotations: { "slipway.dev/project-uid": "earlier" },
    },
  };
  const ways: [string, (world: MemoryWorld) => unknown, string][] = [
    [
      "a repository of that name",
      (world) =>
        world.github.github.createRepository({ owner: "acme", name: "rrr", visibility: "public", description: "x" }),
      "repo-name-taken",
    ],
    ["a namespace that is not ours", (world) => world.cluster.put(foreign), "namespace-taken"],
    ["a namespace of an earlier project of the name", (world) => world.cluster.put(earlier), "namespace-taken"],
    [
      "a host that another routes",
      (world) =>
        world.cluster.put({
          apiVersion: "networking.k8s.io/v1",
          kind: "Ingress",
          metadata: { name: "shop", namespace: "shop" },
          spec: { rules: [{ host: "rrr.example.com" }] },
        }),
      "ingress-host-conflict",
    ],
    [
      "no template of that name",
      (world) => {
        world.controller.templates = [];
      },
      "template-unknown",
    ],
    [
      "a cluster without Flux",
      (world) => {
        world.controller.ports.cluster = { ...world.cluster.cluster, serves: async () => false };
      },
      "flux-missing",
    ],
    [
      "no role to bind tenants to",
      (world) => world.cluster.objects.delete("ClusterRole//slipway-project"),
      "tenant-role-missing",
    ],
    ["no IngressClass", (world) => world.cluster.objects.delete("IngressClass//traefik"), "ingress-class-missing"],
  ];

  test.each(ways)("%s: refused before anything is made", async (_, stand, code) => {
    const world = quick();
    await stand(world);
    await world.create();
    world.cluster.changes.length = 0;
    const repositories = [...world.github.repositories.values()].map(({ repository }) => structuredClone(repository));
    await world.until(failed(world));
    expect(world.status().failure?.code).toBe(code);
    expect(world.cluster.changes).toEqual([]);
    expect([...world.github.repositories.values()].map(({ repository }) => repository)).toEqual(repositories);
    expect(world.status().ledger.every(({ state }) => state === "intended")).toBe(true);
  });

  test("is no more once it is gone: the launch goes on by itself", async () => {
    const world = quick();
    world.cluster.put(foreign);
    await world.create();
    await world.until(failed(world));
    world.cluster.objects.delete("Namespace//rrr");
    await world.live();
    expect(world.status().failure).toBeUndefined();
  });

  test("is not guessed while it cannot be looked at", async () => {
    const world = quick();
    let away = true;
    world.controller.ports.github = new Proxy(world.controller.ports.github, {
      get: (target, key) =>
        key === "owner" && away
          ? async () => {
              throw new Problem("github-unreachable", { evidence: "connect ETIMEDOUT" });
            }
          : Reflect.get(target, key),
    });
    await world.create();
    await world.pass();
    expect(world.status()).toMatchObject({
      phase: "Launching",
      stages: [
        { state: "waiting", reason: "Retrying", params: { detail: "connect ETIMEDOUT" } },
        ...Array(6).fill({ state: "pending" }),
      ],
    });
    expect(world.cluster.changes).toEqual([]);
    away = false;
    await world.live();
  });
});

describe("a trouble that passes", () => {
  function withTrouble() {
    const world = quick();
    const trouble = { on: true };
    world.controller.ports.github = new Proxy(world.controller.ports.github, {
      get: (target, key) =>
        key === "createRepository" && trouble.on
          ? async () => {
              throw new Problem("github-unreachable", { evidence: "connect ETIMEDOUT" });
            }
          : Reflect.get(target, key),
    });
    return { world, trouble };
  }

  test("is waited out for two minutes, then told, and told once", async () => {
    const { world, trouble } = withTrouble();
    await world.create();
    const begun = world.now().getTime();
    await world.until(failed(world));
    const waited = (world.now().getTime() - begun) / 1000;
    expect(waited).toBeGreaterThanOrEqual(120);
    expect(waited).toBeLessThan(130);
    const { since } = world.status().failure ?? {};
    // It does not flicker between launching and failed while it lasts.
    for (let pass = 0; pass < 5; pass += 1) {
      world.wait(20);
      await world.pass();
      expect(world.status()).toMatchObject({ phase: "Failed", failure: { code: "github-unreachable", since } });
    }
    expect(world.status().failure?.count).toBeGreaterThan(1);
    trouble.on = false;
    await world.live();
  });

  test("is tried again for as long when a person says so", async () => {
    const { world } = withTrouble();
    await world.create();
    await world.until(failed(world));
    await world.wish("retry");
    await world.pass();
    expect(world.status().phase).toBe("Launching");
    world.wait(60);
    await world.pass();
    expect(world.status().phase).toBe("Launching");
  });
});

describe("a build that fails", () => {
  test("stops the launch with the job's last lines, and Retry runs it again", async () => {
    const world = quick();
    world.github.build.conclusion = "failure";
    await world.create();
    await world.until(failed(world));
    expect(world.status()).toMatchObject({
      failure: {
        code: "build-failed",
        evidence: "npm error missing script: build",
        params: { job: "image", step: "docker build" },
      },
      builds: [{ conclusion: "failure", failure: { lines: ["npm error missing script: build"] } }],
    });
    world.github.build.conclusion = "success";
    await world.wish("retry");
    await world.live();
    expect(world.github.repositories.get("acme/rrr")?.runs).toMatchObject([{ attempt: 2, conclusion: "success" }]);
  });

  test("does not stop the launch again where GitHub lists the failed attempt a little longer", async () => {
    const world = quick();
    world.github.build.conclusion = "failure";
    await world.create();
    await world.until(failed(world));
    world.github.build.conclusion = "success";
    const [run] = world.github.repositories.get("acme/rrr")?.runs ?? [];
    const before = { ...run };
    await world.wish("retry");
    await world.pass();
    const after = { ...run };
    Object.assign(run ?? {}, before);
    world.wait(2);
    await world.pass();
    expect(world.status().phase).toBe("Launching");
    Object.assign(run ?? {}, after);
    await world.live();
  });

  test("stops it again where nothing comes of the Retry", async () => {
    const world = quick();
    world.github.build.conclusion = "failure";
    await world.create();
    await world.until(failed(world));
    const [run] = world.github.repositories.get("acme/rrr")?.runs ?? [];
    const before = { ...run };
    await world.wish("retry");
    await world.pass();
    Object.assign(run ?? {}, before);
    world.wait(70);
    await world.pass();
    expect(world.status()).toMatchObject({ phase: "Failed", failure: { code: "build-failed" } });
  });

  test("is run again once for one Retry, though the process dies before it can write that down", async () => {
    const world = quick();
    world.github.build.conclusion = "failure";
    await world.create();
    await world.until(failed(world));
    world.github.build.conclusion = "success";
    await world.wish("retry");
    const rerun = () => world.calls.filter((each) => each === "github.rerunFailedJobs").length;
    world.controller.ports.projects = new Proxy(world.controller.ports.projects, {
      get: (target, key) =>
        key === "writeStatus" && rerun() === 1 && world.now().getTime() > 0 && !dead.yet
          ? async () => {
              dead.yet = true;
              throw new Error("died");
            }
          : Reflect.get(target, key),
    });
    const dead = { yet: false };
    await world.live();
    expect(dead.yet).toBe(true);
    expect(world.github.repositories.get("acme/rrr")?.runs).toMatchObject([{ attempt: 2 }]);
  });
});

describe("what a person wants", () => {
  test("cancel: the build is stopped, nothing more is made, and retry goes on", async () => {
    const world = createWorld();
    await world.create();
    await world.until(() => world.status().builds.length > 0);
    await world.wish("cancel");
    await world.pass();
    expect(world.status().phase).toBe("Cancelled");
    expect(world.github.repositories.get("acme/rrr")?.runs).toMatchObject([{ conclusion: "cancelled" }]);
    world.cluster.changes.length = 0;
    for (let pass = 0; pass < 3; pass += 1) await world.pass();
    expect(world.cluster.changes).toEqual([]);
    expect(world.status().phase).toBe("Cancelled");
    await world.wish("retry");
    await world.live();
  });

  test("cancel is heard while GitHub is away", async () => {
    const world = createWorld();
    await world.create();
    await world.until(() => world.status().builds.length > 0);
    world.controller.ports.github = new Proxy(world.controller.ports.github, {
      get: () => async () => {
        throw new Problem("github-unreachable", { evidence: "connect ETIMEDOUT" });
      },
    });
    await world.wish("cancel");
    await world.pass();
    expect(world.status().phase).toBe("Cancelled");
  });

  test("keep: a failed launch is left as it is", async () => {
    const world = quick();
    world.github.build.conclusion = "failure";
    await world.create();
    await world.until(failed(world));
    await world.wish("keep");
    await world.pass();
    expect(world.status().phase).toBe("Kept");
    expect(world.status().failure).toBeUndefined();
    world.github.build.conclusion = "success";
    await world.wish("retry");
    await world.live();
  });

  test("the same wish seen twice is one wish", async () => {
    const world = await launched();
    await world.wish("cancel", "wish");
    await world.pass();
    await world.pass();
    expect(world.status()).toMatchObject({ phase: "Live", handled: ["wish"] });
    expect(world.status().timeline.filter(({ reason }) => reason === "Asked")).toEqual([]);
  });

  test("undo of a live project is not heard, remove is", async () => {
    const world = await launched();
    await world.wish("undo");
    await world.pass();
    expect(world.status().phase).toBe("Live");
    await world.wish("remove");
    await world.pass();
    expect(world.status().phase).toBe("Removing");
  });

  test("several wishes are heard in the order of their time", async () => {
    const world = quick();
    world.github.build.conclusion = "failure";
    await world.create();
    await world.until(failed(world));
    await world.wish("keep");
    world.wait(1);
    await world.wish("undo");
    await world.gone();
    expect(world.cluster.objects.has("Namespace//rrr")).toBe(false);
  });
});

describe("a push after the launch", () => {
  const last = (world: MemoryWorld) => world.status().deploys.at(-1);

  test("begins a deploy, gives Flux its commit and its tag once, and ends live with them", async () => {
    const world = await launched();
    const sha = world.github.push("acme/rrr", "Second");
    world.cluster.changes.length = 0;
    await world.until(() => last(world)?.sha === sha);
    expect(last(world)).toMatchObject({ state: "running", title: "Second", author: "Ada" });
    await world.until(() => last(world)?.state === "live");
    expect(world.cluster.changes).toEqual([
      `make GitRepository/rrr/rrr-${sha.slice(0, 12)}`,
      "change Kustomization/rrr/rrr",
      "change Deployment/rrr/rrr",
    ]);
    expect(world.status()).toMatchObject({
      phase: "Live",
      environments: [
        {
          tag: sha.slice(0, 12),
          released: sha,
          source: `rrr-${sha.slice(0, 12)}`,
          sources: [world.status().launch.sha, sha],
          now: { commit: sha, tag: sha.slice(0, 12), ready: 1, wanted: 1, answer: { status: 200 } },
        },
      ],
    });
    expect(world.status().history.map(({ kind }) => kind)).toEqual(["launch", "deploy"]);
  });

  test("is superseded by a newer one", async () => {
    const world = await launched();
    const second = world.github.push("acme/rrr", "Second");
    await world.pass();
    const third = world.github.push("acme/rrr", "Third");
    await world.until(() => last(world)?.sha === third && last(world)?.state === "live");
    expect(
      world
        .status()
        .deploys.map(({ sha, state }) => [sha, state])
        .slice(1),
    ).toEqual([
      [second, "superseded"],
      [third, "live"],
    ]);
    expect(world.status().history.map(({ kind }) => kind)).toEqual(["launch", "deploy"]);
  });

  test("that fails leaves the project live on its old version, and Retry builds it again", async () => {
    const world = await launched();
    // What is fetched for a commit that comes to nothing is not what runs.
    const before = world.status().environments.map(({ fetching: _, ...rest }) => rest);
    world.github.build.conclusion = "failure";
    world.github.push("acme/rrr", "Second");
    await world.until(() => last(world)?.state === "failed");
    expect(last(world)?.failure).toMatchObject({ code: "build-failed" });
    expect(world.status()).toMatchObject({ phase: "Live", environments: before });
    world.github.build.conclusion = "success";
    await world.wish("retry");
    await world.until(() => last(world)?.state === "live");
    // What had stopped it is remembered, for its message: it is over.
    expect(last(world)?.failure).toMatchObject({ code: "build-failed", recoveredAt: expect.any(String) });
  });

  test("while the launch still runs is the next deploy's, not the launch's", async () => {
    const world = quick();
    await world.create();
    await world.until(() => world.status().builds.length > 0);
    world.github.push("acme/rrr", "Early");
    await world.live();
    const [first] = world.status().deploys;
    expect(first).toMatchObject({ sha: world.status().launch.sha, state: "live" });
    await world.until(() => last(world)?.title === "Early" && last(world)?.state === "live");
    expect(world.status().deploys).toHaveLength(2);
  });
});

describe("an idle project", () => {
  test("costs no writes: neither of its status nor in the cluster", async () => {
    const world = await launched();
    await world.pass();
    const writes = world.projects.writes();
    world.cluster.changes.length = 0;
    for (let pass = 0; pass < 5; pass += 1) {
      world.wait(300);
      await world.pass();
    }
    expect(world.projects.writes()).toBe(writes);
    expect(world.cluster.changes).toEqual([]);
  });

  test("whose object somebody deleted gets it again", async () => {
    const world = await launched();
    world.cluster.objects.delete("Secret/rrr/registry-pull");
    world.cluster.objects.delete("Kustomization/rrr/rrr");
    await world.pass();
    expect(world.cluster.objects.has("Secret/rrr/registry-pull")).toBe(true);
    const { sha = "" } = world.status().launch;
    expect(world.cluster.objects.get("Kustomization/rrr/rrr")?.spec).toMatchObject({
      sourceRef: { name: `rrr-${sha.slice(0, 12)}` },
      images: [{ newTag: sha.slice(0, 12) }],
    });
    expect(world.cluster.objects.get("Kustomization/rrr/rrr")?.spec).not.toHaveProperty("suspend");
  });

  test("gets the pull secret anew when the token changes", async () => {
    const world = await launched();
    world.github.pullPassword = "renewed";
    await world.pass();
    const secret = world.cluster.objects.get("Secret/rrr/registry-pull") as { data?: Record<string, string> };
    expect(Buffer.from(secret.data?.[".dockerconfigjson"] ?? "", "base64").toString()).toContain("renewed");
  });
});

describe("the two warnings", () => {
  test("a source that Flux cannot reach is warned of, counted, and recovers; the launch goes on", async () => {
    const world = quick();
    await world.create();
    await world.until(() => world.status().environments[0]?.fetching !== undefined);
    world.cluster.flux.reachesGit = false;
    await world.live();
    expect(world.status().findings).toMatchObject([
      { code: "flux-source-timeout", severity: "warn", count: expect.any(Number) },
    ]);
    const [seen] = world.status().findings;
    world.wait(60);
    await world.pass();
    expect(world.status().findings[0]?.count).toBeGreaterThan(seen?.count ?? 0);
    world.cluster.flux.reachesGit = true;
    await world.pass();
    await world.pass();
    expect(world.status().findings).toMatchObject([
      { code: "flux-source-timeout", recoveredAt: world.now().toISOString() },
    ]);
  });

  test("a launch whose manifests were never fetched waits for them, and says so beside the warning", async () => {
    const world = quick();
    world.cluster.flux.reachesGit = false;
    await world.create();
    const row = () => world.status().stages.find(({ stage }) => stage === "rollout");
    await world.until(() => row()?.reason === "RolloutWaitsForSource");
    for (let pass = 0; pass < 5; pass += 1) {
      world.wait(30);
      await world.pass();
    }
    expect(row()).toMatchObject({ state: "waiting", reason: "RolloutWaitsForSource" });
    expect(world.status()).toMatchObject({
      phase: "Launching",
      findings: [{ code: "flux-source-timeout", subject: "GitRepository/rrr/rrr" }],
    });
    expect(world.cluster.objects.has("Kustomization/rrr/rrr")).toBe(false);
    world.cluster.flux.reachesGit = true;
    await world.live();
  });

  test("a blocked port stops the launch, is held while the vantage is mute, and gone when it is open", async () => {
    const world = quick(true);
    world.outcomes.elsewhere = { state: "tcp-timeout" };
    await world.create();
    await world.until(failed(world));
    expect(world.status().failure).toMatchObject({ code: "port-blocked", seenFrom: "outside:elsewhere" });
    world.outcomes.elsewhere = { state: "unknown", detail: "no answer" };
    for (let pass = 0; pass < 5; pass += 1) {
      world.wait(30);
      await world.pass();
    }
    expect(world.status()).toMatchObject({ phase: "Failed", failure: { code: "port-blocked" } });
    world.outcomes.elsewhere = { state: "answered", status: 200, body: "", milliseconds: 1 };
    await world.live();
    expect(world.status().findings).toMatchObject([{ code: "port-blocked", recoveredAt: expect.any(String) }]);
  });

  test("a port that is blocked does not fail a deploy whose build has only begun", async () => {
    const world = await launched(true);
    world.outcomes.elsewhere = { state: "tcp-timeout" };
    world.github.build.seconds = 60;
    world.github.push("acme/rrr", "Second");
    await world.pass();
    // One bad look is no alarm.
    expect(world.status().findings).toEqual([]);
    await world.until(() => world.status().findings.length > 0);
    expect(world.status().deploys.at(-1)).toMatchObject({
      state: "running",
      stages: [{ state: "waiting" }, {}, {}, {}],
    });
    expect(world.status()).toMatchObject({ phase: "Live", findings: [{ code: "port-blocked" }] });
    await world.until(() => world.status().deploys.at(-1)?.state === "failed");
    expect(world.status().deploys.at(-1)?.failure?.code).toBe("port-blocked");
  });
});
