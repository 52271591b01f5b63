import { describe, expect, test } from "vitest";
import type { Manager } from "../../src/project/ports/cluster.ts";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { at } from "../builders/project.ts";
import { said } from "../builders/said.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";
const SUBJECTS = { source: "GitRepository/rrr/rrr", Kustomization: "Kustomization/rrr/rrr" };
type What = keyof typeof SUBJECTS;
const WHATS: What[][] = [["source"], ["Kustomization"], ["source", "Kustomization"]];

async function launched() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  await world.pass();
  return world;
}

const by = (name: string, operation = "Update"): Manager[] => [
  { name: "slipway", operation: "Apply", fields: ["spec.interval", "spec.url"], at: at(0) },
  { name, operation, fields: ["spec.suspend"], at: at(100) },
];

function suspend(world: MemoryWorld, what: What[], suspended: boolean, managers: Manager[] = by("kubectl-patch")) {
  for (const each of what) {
    const object = world.cluster.objects.get(SUBJECTS[each]);
    if (!object) throw new Error(`no ${SUBJECTS[each]}`);
    Object.assign(object.spec ?? {}, { suspend: suspended });
    world.cluster.managers.set(SUBJECTS[each], managers);
  }
}

const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const rollout = (world: MemoryWorld) => last(world)?.stages.find(({ stage }) => stage === "rollout");
const isBuilt = (world: MemoryWorld) =>
  last(world)?.stages.some(({ stage, state }) => stage === "build" && state === "done") ?? false;
const told = (world: MemoryWorld) =>
  world.status().findings.filter(({ code, recoveredAt }) => code === "flux-suspended" && recoveredAt === undefined);
const cardOf = (world: MemoryWorld, sha: string) => {
  const stored = world.projects.stored.get("rrr");
  const card = stored && thread(stored, en, world.now()).find(({ key }) => key === `deploy/${sha}`);
  return JSON.stringify(card?.blocks.sections ?? "");
};
async function waits(world: MemoryWorld, seconds = 900) {
  for (let waited = 0; waited < seconds; waited += 60) {
    await world.pass();
    world.wait(60);
  }
}

const WHEN: Record<string, (world: MemoryWorld, stop: () => void) => Promise<string>> = {
  "before the push": async (world, stop) => {
    stop();
    return world.github.push(REPOSITORY, "Second");
  },
  "between build and rollout": async (world, stop) => {
    const sha = world.github.push(REPOSITORY, "Second");
    world.cluster.flux.reachesGit = false;
    await world.until(() => last(world)?.sha === sha && isBuilt(world));
    stop();
    world.cluster.flux.reachesGit = true;
    return sha;
  },
};
const CASES = Object.keys(WHEN).flatMap((when) => WHATS.map((what) => ({ when, what })));

describe("what somebody has suspended", () => {
  test.each(CASES)("$what $when: the card says what waits for it, and by whom; it is not live", async (each) => {
    const world = await launched();
    const before = world.status().environments[0]?.now;
    const sha = (await WHEN[each.when]?.(world, () => suspend(world, each.what, true))) ?? "";
    await world.until(() => rollout(world)?.reason === "RolloutSuspended");
    await waits(world);
    expect(last(world)).toMatchObject({ sha, state: "running" });
    const kind = each.what[0] === "source" ? "source" : "Kustomization";
    expect(cardOf(world, sha)).toContain(`waits: kubectl-patch suspended Flux’s ${kind}`);
    expect(told(world).map(({ subject }) => subject)).toEqual(each.what.map((one) => SUBJECTS[one]));
    expect(world.status().environments[0]?.now).toMatchObject({ ...(before?.tag ? { tag: before.tag } : {}) });
    expect(each.what.every((one) => Object(world.cluster.objects.get(SUBJECTS[one])?.spec).suspend)).toBe(true);

    // Resumed: told, and the push goes on without another.
    suspend(world, each.what, false, []);
    await world.until(() => last(world)?.state === "live");
    expect(last(world)).toMatchObject({ sha });
    expect(told(world)).toEqual([]);
    expect(world.status().environments[0]?.now).toMatchObject({ commit: sha, tag: sha.slice(0, 12) });
  });

  test.each(WHATS.map((what) => ({ what })))("$what in a quiet night: told, once, and its end", async ({ what }) => {
    const world = await launched();
    await waits(world);
    suspend(world, what, true);
    await world.until(() => told(world).length > 0);
    await waits(world);
    expect(told(world).map(({ subject }) => subject)).toEqual(what.map((each) => SUBJECTS[each]));
    suspend(world, what, false, []);
    await waits(world, 120);
    expect(told(world)).toEqual([]);
    expect(world.status().findings.filter(({ code }) => code === "flux-suspended")).toHaveLength(what.length);
  });

  test.each<[string, Manager[], string]>([
    ["kubectl edit", by("kubectl-edit"), "kubectl-edit"],
    ["kubectl patch", by("kubectl-patch"), "kubectl-patch"],
    ["flux suspend", by("flux"), "flux"],
    [
      "Flux itself, out of another repository",
      by("kustomize-controller", "Apply").toReversed(),
      "kustomize-controller",
    ],
    [
      "kubectl patch after Flux had, as the server lists them: those who apply first",
      [
        { name: "helm", operation: "Apply", fields: ["spec.suspend"], at: at(200) },
        { name: "kubectl-patch", operation: "Update", fields: ["spec.suspend"], at: at(100) },
      ],
      "helm",
    ],
    ["nobody known", [], "someone"],
  ])("by %s is told so, in the row and in the warning", async (_, managers, who) => {
    for (const what of ["source", "Kustomization"] as const) {
      const world = await launched();
      suspend(world, [what], true, managers);
      const sha = world.github.push(REPOSITORY, "Second");
      await world.until(() => rollout(world)?.reason === "RolloutSuspended");
      expect(cardOf(world, sha)).toContain(`waits: ${who} suspended`);
      const [found] = told(world);
      expect(said(found).cause).toMatch(
        who === "someone" ? /^Someone suspended it/ : new RegExp(`^${who} suspended it`),
      );
    }
  });

  test("one that is held at a commit, before it has fetched that, is what the push waits for too", async () => {
    const world = await launched();
    const sha = world.github.push(REPOSITORY, "Second");
    world.cluster.flux.reachesGit = false;
    const held = `GitRepository/rrr/rrr-${sha.slice(0, 12)}`;
    await world.until(() => world.cluster.objects.has(held) && isBuilt(world));
    Object.assign(world.cluster.objects.get(held)?.spec ?? {}, { suspend: true });
    world.cluster.managers.set(held, by("flux"));
    world.cluster.flux.reachesGit = true;
    await world.until(() => rollout(world)?.reason === "RolloutSuspended");
    expect(cardOf(world, sha)).toContain("waits: flux suspended Flux’s source");
  });
});
