import { describe, expect, test } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import { createWorld } from "../builders/world/create-world.ts";
import { places } from "../builders/world/places.ts";
import type { Mishap } from "../builders/world/with-mishaps.ts";

const DEATHS: Mishap["kind"][] = ["dies-before", "dies-after"];

/** With what others have there, some of it very much like ours. */
function inhabited() {
  const world = createWorld();
  world.github.build.seconds = 6;
  const labels = { "slipway.dev/project": "rrr", "app.kubernetes.io/managed-by": "slipway" };
  world.cluster.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "other" } });
  world.cluster.put({
    apiVersion: "v1",
    kind: "Secret",
    // Of an earlier project of our name.
    metadata: {
      name: "registry-pull",
      namespace: "other",
      labels,
      annotations: { "slipway.dev/project-uid": "earlier" },
    },
  });
  world.cluster.changes.length = 0;
  return world;
}

const before = [...inhabited().cluster.objects.keys()].sort();

const undisturbed = inhabited();
await undisturbed.create();
await undisturbed.live();
const launchCalls = places(undisturbed.calls);

describe("undo", () => {
  test.each(DEATHS)("of a launch that %s anywhere leaves what was there before, and nothing else", async (kind) => {
    const astray: string[] = [];
    for (const at of launchCalls) {
      const world = inhabited();
      await world.create();
      world.mishap({ at, kind });
      try {
        await world.until(() => world.calls.length >= at);
        const phase = world.projects.stored.get("rrr")?.status.phase;
        await world.wish(phase === "Live" ? "remove" : "undo");
        await world.gone();
        expect([...world.cluster.objects.keys()].sort()).toEqual(before);
        expect([...world.github.repositories.keys()]).toEqual([]);
        expect([...world.github.packages]).toEqual([]);
      } catch (error) {
        astray.push(`${at} ${world.calls[at - 1]}: ${error instanceof Error ? error.message.slice(0, 300) : error}`);
      }
    }
    expect(astray).toEqual([]);
  });

  test.each(["dies-before", "dies-after", "refused", "answer-lost"] as const)(
    "that itself has a call that %s comes to its end",
    async (kind) => {
      const astray: string[] = [];
      const whole = inhabited();
      await whole.create();
      await whole.live();
      const from = whole.calls.length;
      await whole.wish("remove");
      await whole.gone();
      for (const at of places(whole.calls, from)) {
        const world = inhabited();
        await world.create();
        await world.live();
        world.mishap({ at, kind });
        try {
          await world.wish("remove");
          await world.gone();
          expect([...world.cluster.objects.keys()].sort()).toEqual(before);
          expect([...world.github.repositories.keys()]).toEqual([]);
        } catch (error) {
          astray.push(`${at} ${world.calls[at - 1]}: ${error instanceof Error ? error.message.slice(0, 300) : error}`);
        }
      }
      expect(astray).toEqual([]);
    },
  );

  test("removes the newest first, and waits until each is gone", async () => {
    const world = inhabited();
    await world.create();
    await world.live();
    const { source } = world.status().environments[0] ?? {};
    world.cluster.changes.length = 0;
    await world.wish("remove");
    await world.gone();
    expect(world.cluster.changes).toEqual([
      `delete GitRepository/rrr/${source}`,
      "delete Kustomization/rrr/rrr",
      "delete GitRepository/rrr/rrr",
      "delete Secret/rrr/git-credentials",
      "delete Secret/rrr/registry-pull",
      "delete RoleBinding/rrr/slipway-tenant",
      "delete ServiceAccount/rrr/slipway-tenant",
      "delete Namespace//rrr",
    ]);
  });

  test("leaves a repository of the name that somebody made meanwhile", async () => {
    const scout = inhabited();
    await scout.create();
    await scout.pass();
    const world = inhabited();
    await world.create();
    // It has written what it is going to make, and dies.
    world.mishap({ at: scout.calls.indexOf("projects.writeStatus") + 1, kind: "dies-after" });
    await world.until(() => world.status().ledger.length > 0);
    expect(world.status().ledger.every(({ state }) => state === "intended")).toBe(true);
    await world.github.github.createRepository({
      owner: "acme",
      name: "rrr",
      visibility: "private",
      description: "mine",
    });
    await world.wish("undo");
    await world.gone();
    expect([...world.github.repositories.keys()]).toEqual(["acme/rrr"]);
  });

  test("leaves a namespace of the name that stood there before", async () => {
    const world = inhabited();
    world.cluster.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } });
    await world.create();
    await world.until(() => world.status().phase === "Failed");
    await world.wish("undo");
    await world.gone();
    expect([...world.cluster.objects.keys()].sort()).toEqual([...before, "Namespace//rrr"].sort());
  });

  test("says what stands in its way, and goes on when that is gone", async () => {
    const world = inhabited();
    await world.create();
    await world.live();
    const namespace = world.status().ledger.findIndex(({ kind }) => kind === "Namespace");
    const { delete: remove } = world.controller.ports.cluster;
    let refuse = true;
    world.controller.ports.cluster = new Proxy(world.controller.ports.cluster, {
      get: (target, key) =>
        key === "delete"
          ? async (ref: { kind: string; name: string; apiVersion: string }) => {
              if (refuse && ref.kind === "Namespace")
                throw new Problem("rbac-missing", { destiny: { kind: "person" }, evidence: "namespaces is forbidden" });
              return remove(ref);
            }
          : Reflect.get(target, key),
    });
    await world.wish("remove");
    await world.until(() => world.status().failure !== undefined);
    expect(world.status()).toMatchObject({
      phase: "Removing",
      failure: { code: "rbac-missing", subject: "Namespace/rrr" },
    });
    expect(
      world
        .status()
        .ledger.slice(namespace + 1)
        .every(({ state }) => state === "removed"),
    ).toBe(true);
    refuse = false;
    await world.gone();
    expect([...world.cluster.objects.keys()].sort()).toEqual(before);
  });
});

describe("what the thread says at the end", () => {
  async function removed() {
    const world = inhabited();
    await world.create();
    await world.live();
    await world.wish("remove");
    world.slack.told = false;
    await world.until(() => world.status().phase === "Removed");
    return world;
  }
  const stands = ({ projects }: ReturnType<typeof createWorld>) => projects.stored.has("rrr");

  test("is waited for while Slack is down, and no longer once it is told", async () => {
    const world = await removed();
    for (let minute = 0; minute < 120; minute += 1) {
      await world.pass();
      world.wait(60);
    }
    expect(stands(world)).toBe(true);
    expect(world.shown.at(-1)?.status.phase).toBe("Removed");
    world.slack.told = true;
    await world.pass();
    expect(stands(world)).toBe(false);
  });

  test("is not waited for where the channel takes no messages any more, and never for longer than a day", async () => {
    const archived = await removed();
    const problem = { code: "slack-archived" as const, detail: "is_archived" };
    archived.controller.delivered.push({ project: "rrr", uid: "project-1", problem });
    await archived.pass();
    archived.wait(16);
    await archived.pass();
    expect(stands(archived)).toBe(false);
    const forgotten = await removed();
    forgotten.wait(24 * 3600 + 1);
    await forgotten.pass();
    expect(stands(forgotten)).toBe(false);
  });
});
