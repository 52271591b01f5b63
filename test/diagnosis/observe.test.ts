import { describe, expect, test } from "vitest";
import { observe } from "../../src/diagnosis/observe.ts";
import type { Ports } from "../../src/project/ports/ports.ts";
import type { ProbeTarget, Vantage } from "../../src/project/ports/probes.ts";
import { Problem } from "../../src/project/problem.ts";
import { condition, deployment, ingressObject } from "../builders/objects.ts";
import { project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";
import { createWorld } from "../builders/world/create-world.ts";

/** A port whose every method fails. */
function failing<T extends object>(port: T): T {
  return new Proxy(port, {
    get: (_, key) => async () => {
      throw new Problem("unreachable", { evidence: `${String(key)} failed` });
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
    look: (ports: Partial<Ports>) => observe(stored, settings(), { ...world.controller.ports, ...ports }),
  };
}

describe("a look at a project", () => {
  test("sees all of it", async () => {
    const { look } = await live();
    const seen = await look({});
    expect(seen.head).toMatchObject({ known: true, value: { author: "Ada" } });
    expect(seen.runs).toMatchObject({ known: true, value: [{ conclusion: "success" }] });
    expect(Object.values(seen.images)).toEqual([{ known: true, value: true }]);
    expect(seen.environments).toMatchObject([
      {
        namespace: { value: { kind: "Namespace" } },
        source: { value: { kind: "GitRepository" } },
        deployments: { value: [{}] },
        certificates: { value: [] },
      },
    ]);
    expect(seen.environments[0]?.probes.map(({ from }) => from)).toEqual(["inside", "elsewhere"]);
  });

  test("without GitHub is unknown there, with the reason, and sees the rest", async () => {
    const { world, look } = await live();
    const seen = await look({ github: failing(world.controller.ports.github) });
    for (const part of [seen.repository, seen.head, seen.runs])
      expect(part).toEqual({ known: false, reason: "locate failed" });
    expect(Object.values(seen.images)).toEqual([{ known: true, value: true }]);
    expect(seen.environments[0]?.deployments.known).toBe(true);
  });

  test("whose repository is elsewhere takes no news of the one that has its name", async () => {
    const { world, look } = await live();
    world.github.rename("acme/rrr", "acme/shop");
    await world.github.github.createRepository({ owner: "acme", name: "rrr", visibility: "public", description: "x" });
    const calls = world.calls.length;
    const seen = await look({});
    expect(seen.repository).toMatchObject({ known: true, value: { state: "moved", other: { name: "rrr" } } });
    for (const part of [seen.head, seen.runs])
      expect(part).toMatchObject({ known: false, reason: expect.stringContaining("acme/shop") });
    expect(world.calls.slice(calls).filter((each) => each.startsWith("github"))).toEqual(["github.locate"]);
  });

  test("without the registry does not say that an image is missing", async () => {
    const { world, look } = await live();
    const { images } = await look({ registry: failing(world.controller.ports.registry) });
    expect(Object.values(images)).toEqual([{ known: false, reason: "has failed" }]);
  });

  test("without the cluster is unknown in all of it, and never rejects", async () => {
    const { world, look } = await live();
    const [here] = (await look({ cluster: failing(world.controller.ports.cluster) })).environments;
    for (const key of ["namespace", "source", "kustomization", "deployments", "pods", "services", "ingresses"] as const)
      expect(here?.[key]).toEqual({ known: false, reason: "list failed" });
    expect(here?.certificates).toEqual({ known: false, reason: "serves failed" });
    expect(here).toMatchObject({ probes: [], cloud: "" });
  });

  test("with a vantage that fails has learned nothing from there", async () => {
    const { world, look } = await live();
    const broken: Vantage = {
      name: "broken",
      side: "outside",
      probe: async () => {
        throw new Error("socket hang up");
      },
    };
    const [here] = (await look({ vantages: [...world.controller.ports.vantages, broken] })).environments;
    expect(here?.probes.at(-1)).toMatchObject({
      from: "broken",
      target: { host: "rrr.example.com", port: 80 },
      outcome: { state: "unknown", detail: "socket hang up" },
    });
  });

  test("asks GitHub for nothing before there is a first commit", async () => {
    const world = createWorld();
    await observe(project({ status: { launch: {} } }), settings(), {
      ...world.controller.ports,
      github: failing(world.controller.ports.github),
    });
    expect(world.calls.filter((each) => each.startsWith("github") || each.startsWith("registry"))).toEqual([]);
  });

  test("asks from inside at the Ingress's own address, from outside at what people's DNS says", async () => {
    const asked: Record<string, ProbeTarget> = {};
    const vantage = (name: string, side: "inside" | "outside"): Vantage => ({
      name,
      side,
      probe: async (target) => {
        asked[name] = target;
        throw new Error("no matter");
      },
    });
    const world = createWorld();
    world.cluster.put(deployment());
    world.cluster.put(ingressObject({ tls: true }));
    await observe(project(), settings(), {
      ...world.controller.ports,
      vantages: [vantage("inside", "inside"), vantage("far", "outside")],
    });
    expect(asked).toEqual({
      inside: { url: "https://rrr.example.com", address: "203.0.113.7" },
      far: { url: "https://rrr.example.com" },
    });
  });

  test("looks at no route while nothing is behind it", async () => {
    const world = createWorld({ outside: true });
    world.cluster.put(
      deployment({ status: { conditions: [condition("Available", "False", "MinimumReplicasUnavailable")] } }),
    );
    world.cluster.put(ingressObject());
    const { environments } = await observe(project(), settings(), world.controller.ports);
    expect(environments[0]?.probes).toEqual([]);
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
