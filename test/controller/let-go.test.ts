import { describe, expect, test } from "vitest";
import { FINALIZER } from "../../src/project/finalizer.ts";
import type { ProjectSpec } from "../../src/project/project.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

async function live(spec: Partial<ProjectSpec> = {}) {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create(spec);
  await world.live();
  return world;
}

const stored = (world: MemoryWorld) => world.projects.stored.get("rrr");
const standing = (world: MemoryWorld) => [...world.cluster.objects.keys()].sort();

/** As `kubectl delete project rrr` does it: it goes once nobody holds it any more. */
function deleted(world: MemoryWorld) {
  const project = stored(world);
  if (!project) throw new Error("there is no rrr");
  project.metadata.deletionTimestamp = world.now().toISOString();
}

function going(world: MemoryWorld, kind: "CustomResourceDefinition" | "Namespace") {
  const [apiVersion, name] =
    kind === "Namespace" ? ["v1", "slipway-system"] : ["apiextensions.k8s.io/v1", "projects.slipway.dev"];
  world.cluster.put({ apiVersion, kind, metadata: { name, deletionTimestamp: world.now().toISOString() } });
}

const said = (world: MemoryWorld) => {
  const [last] = world.shown.slice(-1);
  return last ? thread(last, en, world.now()).map(({ key, text }) => `${key}: ${text}`) : [];
};

describe("a Project that is deleted with kubectl", () => {
  test.each([undefined, "Retain" as const])(
    "leaves all that was made for it, says so in the thread and is gone (%s)",
    async (deletionPolicy) => {
      const world = await live(deletionPolicy ? { deletionPolicy } : {});
      expect(stored(world)?.metadata.finalizers).toEqual([FINALIZER]);
      const before = standing(world);
      world.slack.told = false;
      deleted(world);
      await world.pass();
      expect(said(world)).toContainEqual(
        "milestone/farewell: The Project rrr was deleted with kubectl, so I no longer look after it. Everything made for it stays as it is: Repository acme/rrr, Namespace rrr. A push is built, but nothing deploys it.",
      );
      expect(said(world)[0]).toBe("launch: rrr · no longer looked after");
      expect(stored(world)).toBeDefined();
      world.slack.told = true;
      await world.pass();
      expect(stored(world)).toBeUndefined();
      expect(standing(world)).toEqual(before);
      expect([...world.github.repositories.keys()]).toEqual(["acme/rrr"]);
    },
  );

  test("with `Delete` takes along what was made in the cluster, and never the repository", async () => {
    const world = await live({ deletionPolicy: "Delete" });
    const namespaces = () => standing(world).filter((each) => each === "Namespace/rrr" || each === "Namespace//rrr");
    expect(namespaces()).toHaveLength(1);
    deleted(world);
    await world.gone();
    expect(namespaces()).toEqual([]);
    expect([...world.github.repositories.keys()]).toEqual(["acme/rrr"]);
    expect(said(world)).toContainEqual(
      "milestone/farewell: The repository acme/rrr stays. If nobody needs it: delete it on GitHub.",
    );
  });

  test.each(["CustomResourceDefinition", "Namespace"] as const)(
    "because Slipway's %s is being deleted takes nothing along, whatever its policy says",
    async (kind) => {
      const world = await live({ deletionPolicy: "Delete" });
      const before = standing(world);
      going(world, kind);
      deleted(world);
      await world.gone();
      expect(standing(world)).toEqual(before);
      expect([...world.github.repositories.keys()]).toEqual(["acme/rrr"]);
    },
  );

  test("holds up nobody who removes Slipway while Slack is down", async () => {
    const world = await live();
    world.slack.told = false;
    deleted(world);
    world.wait(3_600);
    await world.pass();
    expect(stored(world)).toBeDefined();
    going(world, "CustomResourceDefinition");
    await world.pass();
    expect(stored(world)).toBeUndefined();
  });

  test.each(["slack-archived", "slack-not-in-channel"])(
    "is not held up by a channel that takes no last words (%s), as it is while Slack is down",
    async (problem) => {
      const world = await live();
      world.slack.told = false;
      deleted(world);
      const project = stored(world);
      if (project) project.status.slack = { problem, since: world.now().toISOString() };
      await world.pass();
      expect(stored(world)).toBeDefined();
      world.wait(20);
      await world.pass();
      expect(stored(world)).toBeUndefined();
    },
  );

  test("while it is removed by a wish goes on to go, repository and all", async () => {
    const world = await live();
    await world.wish("remove");
    await world.pass();
    deleted(world);
    await world.gone();
    expect([...world.github.repositories.keys()]).toEqual([]);
  });
});

test("a Project of before, or made with kubectl, is held from its next pass on, by one write", async () => {
  const world = await live();
  const project = stored(world);
  if (project) project.metadata.finalizers = ["example.com/theirs"];
  await world.pass();
  expect(stored(world)?.metadata.finalizers).toEqual(["example.com/theirs", FINALIZER]);
  const version = stored(world)?.metadata.resourceVersion;
  await world.pass();
  expect(stored(world)?.metadata.resourceVersion).toBe(version);
});
