import { describe, expect, test } from "vitest";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

async function launched() {
  const world = createWorld({
    settings: { publicUrl: "https://slipway.example.com", webhookSecret: "secret" },
  });
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  await world.pass();
  return world;
}

const keyOf = ({ kind, namespace, name }: { kind: string; namespace?: string | undefined; name: string }) =>
  `${kind}/${namespace ?? ""}/${name}`;
const OUTSIDE = ["Repository", "Webhook"];
const made = (world: MemoryWorld) =>
  world.status().ledger.filter(({ state, kind }) => state === "made" && !OUTSIDE.includes(kind));

const template = await launched();
const kinds = made(template).map((entry) => [keyOf(entry)] as const);

describe("what Slipway made and somebody has deleted", () => {
  test("is of every kind that a launch makes in the cluster", () => {
    expect([...new Set(kinds.map(([key]) => key.split("/")[0]))].toSorted()).toEqual(
      ["GitRepository", "Kustomization", "Namespace", "RoleBinding", "Secret", "ServiceAccount"].toSorted(),
    );
  });

  test.each(kinds)("%s stands again, as it was, and what runs is the same", async (key) => {
    const world = await launched();
    const before = world.cluster.objects.get(key) ?? expect.fail(key);
    const image = JSON.stringify(world.cluster.objects.get("Deployment/rrr/rrr")?.spec);
    const deploys = world.status().deploys;
    if (key.startsWith("Namespace")) for (const each of [...world.cluster.objects.keys()]) dropFrom(world, each);
    world.cluster.objects.delete(key);
    for (let pass = 0; pass < 4; pass += 1) {
      world.wait(10);
      await world.pass();
    }
    const after = world.cluster.objects.get(key) ?? expect.fail(key);
    expect([after.spec, after.data, after.metadata.labels]).toEqual([before.spec, before.data, before.metadata.labels]);
    expect(JSON.stringify(world.cluster.objects.get("Deployment/rrr/rrr")?.spec)).toBe(image);
    expect(made(world).map(keyOf)).toEqual(made(template).map(keyOf));
    // It is no deploy, and nobody is called: what there was is there.
    expect(world.status().deploys).toEqual(deploys);
    const open = world.status().findings.filter(({ recoveredAt }) => recoveredAt === undefined);
    expect(open).toEqual([]);
    const told = world.status().findings.map(({ code }) => code);
    expect(told).toEqual(key.startsWith("Namespace") ? ["namespace-gone"] : []);
  });

  test.each(kinds.filter(([key]) => !key.startsWith("Namespace")))(
    "%s is made again once, not at every look",
    async (key) => {
      const world = await launched();
      world.cluster.objects.delete(key);
      await world.pass();
      world.cluster.changes.length = 0;
      for (let pass = 0; pass < 3; pass += 1) {
        world.wait(300);
        await world.pass();
      }
      expect(world.cluster.changes).toEqual([]);
    },
  );

  test("a namespace that is going is waited for, told with its name, and made again once it is gone", async () => {
    const world = await launched();
    const namespace = world.cluster.objects.get("Namespace//rrr") ?? expect.fail();
    namespace.metadata.deletionTimestamp = world.now().toISOString();
    namespace.metadata.finalizers = ["example.com/holds-it"];
    const get = world.controller.ports.cluster.get;
    // A finalizer keeps it for as long as it likes.
    world.controller.ports.cluster.get = async (ref) =>
      ref.kind === "Namespace" ? structuredClone(world.cluster.objects.get("Namespace//rrr")) : get(ref);
    for (let pass = 0; pass < 3; pass += 1) {
      world.wait(30);
      await world.pass();
    }
    expect(world.status().findings).toMatchObject([
      { code: "namespace-gone", params: { namespace: "rrr", going: "yes" } },
    ]);
    expect(world.cluster.objects.get("Namespace//rrr")?.metadata.uid).toBe(namespace.metadata.uid);
    world.controller.ports.cluster.get = get;
    for (const each of [...world.cluster.objects.keys()]) dropFrom(world, each);
    world.cluster.objects.delete("Namespace//rrr");
    for (let pass = 0; pass < 4; pass += 1) {
      world.wait(10);
      await world.pass();
    }
    expect(world.cluster.objects.get("Namespace//rrr")?.metadata.deletionTimestamp).toBeUndefined();
    expect(world.status().findings).toMatchObject([{ code: "namespace-gone", recoveredAt: expect.any(String) }]);
  });

  test("the image's package is not there: what runs goes on, and nothing is told until a pod asks for it", async () => {
    const world = await launched();
    world.github.packages.clear();
    for (let pass = 0; pass < 3; pass += 1) {
      world.wait(300);
      await world.pass();
    }
    expect(world.status().findings).toEqual([]);
    expect(world.status().environments[0]?.now).toMatchObject({ ready: 1, wanted: 1 });
  });
});

/** A namespace takes everything in it along. */
function dropFrom(world: MemoryWorld, key: string): void {
  if (world.cluster.objects.get(key)?.metadata.namespace === "rrr") world.cluster.objects.delete(key);
}

describe("the webhook that somebody has deleted", () => {
  test("holds up nothing: a push is found by asking", async () => {
    const world = await launched();
    const held = world.github.repositories.get("acme/rrr") ?? expect.fail();
    held.hooks.length = 0;
    const sha = world.github.push("acme/rrr", "Second");
    await world.until(
      () => world.status().deploys.at(-1)?.sha === sha && world.status().deploys.at(-1)?.state === "live",
    );
  });

  test("is made again, once, and nobody is told", async () => {
    const world = await launched();
    const held = world.github.repositories.get("acme/rrr") ?? expect.fail();
    const [before] = held.hooks.splice(0);
    await world.pass();
    const [after] = held.hooks;
    expect(after).toEqual({ ...before, id: after?.id });
    expect(after?.id).not.toBe(before?.id);
    expect(world.status().repository?.hookId).toBe(after?.id);
    const inLedger = world.status().ledger.filter(({ kind }) => kind === "Webhook");
    expect(inLedger.map(({ state, id }) => `${state} ${id}`)).toEqual([`made ${after?.id}`]);
    for (let pass = 0; pass < 3; pass += 1) {
      world.wait(120);
      await world.pass();
    }
    expect(held.hooks).toEqual([after]);
    expect(world.status().findings).toEqual([]);
  });
});
