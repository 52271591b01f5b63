import { describe, expect, test } from "vitest";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";
type Conclusion = "success" | "failure";

async function launched() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  await world.pass();
  // From now on a build ends when it is told to.
  world.github.build.seconds = Number.POSITIVE_INFINITY;
  return world;
}

function push(world: MemoryWorld, title: string): string {
  world.wait(5);
  return world.github.push(REPOSITORY, title);
}

function runOf(world: MemoryWorld, sha: string) {
  return world.github.repositories.get(REPOSITORY)?.runs.find((run) => run.sha === sha) ?? expect.fail(sha);
}

function end(world: MemoryWorld, sha: string, conclusion: Conclusion): void {
  world.wait(5);
  Object.assign(runOf(world, sha), { status: "completed", conclusion, updatedAt: world.now() });
  if (conclusion === "success") world.github.packages.add(`ghcr.io/${REPOSITORY}:${sha.slice(0, 12)}`);
}

async function passes(world: MemoryWorld, count: number): Promise<void> {
  for (let pass = 0; pass < count; pass += 1) {
    world.wait(5);
    await world.pass();
  }
}

const running = (world: MemoryWorld) =>
  Object(world.cluster.objects.get("Deployment/rrr/rrr")?.spec).template?.spec.containers[0].image.split(":")[1];

/** What a person reads at the end: by title, what became of each deploy. */
function ends(world: MemoryWorld): Record<string, string> {
  return Object.fromEntries(
    world
      .status()
      .deploys.slice(1)
      .map(({ title, state }) => [title, state]),
  );
}

const cards = (world: MemoryWorld) => {
  const stored = world.projects.stored.get("rrr") ?? expect.fail();
  return thread(stored, en, world.now())
    .map(({ key }) => key)
    .filter((key) => key.startsWith("deploy/"));
};

type Event = { push: string } | { end: string };
const TITLES = ["A", "B", "C"];

/** Each order in which three are pushed one after the other, and their builds end whenever they like. */
function orders(events: Event[] = []): Event[][] {
  const pushed = events.flatMap((each) => ("push" in each ? [each.push] : []));
  const ended = events.flatMap((each) => ("end" in each ? [each.end] : []));
  if (ended.length === TITLES.length) return [events];
  const next = TITLES[pushed.length];
  return [
    ...(next === undefined ? [] : [{ push: next }]),
    ...pushed.filter((title) => !ended.includes(title)).map((title) => ({ end: title })),
  ].flatMap((event) => orders([...events, event]));
}

const nameOf = (events: Event[]) =>
  events.map((event) => ("push" in event ? event.push : event.end.toLowerCase())).join("");

describe("three pushes, whose builds end in any order", () => {
  test.each(orders().map((events) => [nameOf(events), events] as const))(
    "%s (pushed, and ended in small letters): the newest alone is live in the end, or nothing newer than what ran",
    async (_, events) => {
      for (let failing = 0; failing < 8; failing += 1) {
        const conclusionOf = (title: string): Conclusion =>
          failing & (1 << TITLES.indexOf(title)) ? "failure" : "success";
        const world = await launched();
        const before = world.status().launch.sha?.slice(0, 12);
        const shas = new Map<string, string>();
        for (const event of events) {
          if ("push" in event) shas.set(event.push, push(world, event.push));
          else end(world, shas.get(event.end) ?? "", conclusionOf(event.end));
          await passes(world, 3);
        }
        await passes(world, 2);

        const told = ends(world);
        expect(Object.keys(told)).toEqual(TITLES);
        expect(told.C).toBe(conclusionOf("C") === "success" ? "live" : "failed");
        for (const title of ["A", "B"]) {
          // One whose build had ended before the next push came to its own end; else that took its place.
          const next = TITLES[TITLES.indexOf(title) + 1] ?? "";
          const inTime = nameOf(events).indexOf(title.toLowerCase()) < nameOf(events).indexOf(next);
          const own = conclusionOf(title) === "success" ? "live" : "failed";
          expect([title, told[title]]).toEqual([title, inTime ? own : "superseded"]);
        }
        const lastLive = TITLES.findLast((title) => told[title] === "live");
        expect(running(world)).toBe(lastLive === undefined ? before : shas.get(lastLive)?.slice(0, 12));
        expect(cards(world)).toEqual(TITLES.map((title) => `deploy/${shas.get(title)}`));
        for (const { state, stages } of world.status().deploys)
          if (state === "superseded") expect(stages.filter((stage) => stage.state === "waiting")).toEqual([]);
        const failed = world.status().deploys.filter(({ state }) => state === "failed");
        expect(failed.map(({ failure }) => failure?.code)).toEqual(failed.map(() => "build-failed"));
      }
    },
  );
});

describe("a push that is overtaken", () => {
  const MOMENTS: Record<string, (world: MemoryWorld, sha: string) => Promise<void>> = {
    "before anybody looked": async () => {},
    "while it is queued": async (world, sha) => {
      Object.assign(runOf(world, sha), { status: "queued" });
      await passes(world, 2);
    },
    "while it is built": (world) => passes(world, 2),
    "while it rolls out": async (world, sha) => {
      world.cluster.lagging.add("rrr");
      end(world, sha, "success");
      await passes(world, 3);
      expect(running(world)).toBe(sha.slice(0, 12));
    },
  };

  test.each(
    Object.keys(MOMENTS).flatMap((moment) =>
      (["success", "failure"] as const).map((conclusion) => [moment, conclusion] as const),
    ),
  )(
    "%s, by one whose build ends in %s: one is told as overtaken, the other as what it is",
    async (moment, conclusion) => {
      const world = await launched();
      const before = world.status().launch.sha?.slice(0, 12);
      const first = push(world, "First");
      await MOMENTS[moment]?.(world, first);
      const released = running(world);
      const second = push(world, "Second");
      await passes(world, 2);
      end(world, second, conclusion);
      await passes(world, 3);
      world.cluster.lagging.clear();
      // A pod that took its time is ready now.
      const deployment = world.cluster.objects.get("Deployment/rrr/rrr");
      Object.assign(Object(deployment?.status), { readyReplicas: 1, availableReplicas: 1 });
      await passes(world, 4);
      const told = ends(world);
      expect(told.Second).toBe(conclusion === "success" ? "live" : "failed");
      expect(told.First ?? "superseded").toBe("superseded");
      const stays = moment === "while it rolls out" ? released : before;
      expect(running(world)).toBe(conclusion === "success" ? second.slice(0, 12) : stays);
      expect(world.status().environments[0]?.now).toMatchObject({ tag: running(world), ready: 1 });
      expect(world.status().deploys.find(({ title }) => title === "First")?.failure).toBeUndefined();
    },
  );
});

describe("the same commit", () => {
  async function live() {
    const world = await launched();
    const sha = push(world, "Second");
    await passes(world, 2);
    end(world, sha, "success");
    await passes(world, 4);
    expect(ends(world)).toEqual({ Second: "live" });
    return { world, sha };
  }

  test("told of again, by a webhook that is delivered once more or late, changes nothing", async () => {
    const { world } = await live();
    const before = { writes: world.projects.writes(), cards: cards(world) };
    world.cluster.changes.length = 0;
    for (let hint = 0; hint < 5; hint += 1) await world.pass();
    expect({ writes: world.projects.writes(), cards: cards(world) }).toEqual(before);
    expect(world.cluster.changes).toEqual([]);
  });

  test.each(["success", "failure"] as const)(
    "built again by hand, which ends in %s, is no other deploy and goes on running",
    async (conclusion) => {
      const { world, sha } = await live();
      const run = runOf(world, sha);
      Object.assign(run, { status: "in_progress", conclusion: null, attempt: 2, startedAt: world.now() });
      await passes(world, 3);
      expect(ends(world)).toEqual({ Second: "live" });
      end(world, sha, conclusion);
      await passes(world, 5);
      expect(ends(world)).toEqual({ Second: "live" });
      expect(cards(world)).toHaveLength(1);
      expect(running(world)).toBe(sha.slice(0, 12));
      expect(world.status().findings.filter(({ severity }) => severity === "fail")).toEqual([]);
    },
  );

  test.each(["success", "failure"] as const)(
    "built again for a tag that somebody pushed on it, which ends in %s, is no deploy",
    async (conclusion) => {
      const { world, sha } = await live();
      const held = world.github.repositories.get(REPOSITORY) ?? expect.fail();
      const [run] = held.runs;
      if (run)
        held.runs.unshift({ ...run, id: run.id + 1, number: run.number + 1, branch: "v1", createdAt: world.now() });
      Object.assign(runOf(world, sha), { status: "in_progress", conclusion: null });
      await passes(world, 3);
      end(world, sha, conclusion);
      await passes(world, 5);
      expect(ends(world)).toEqual({ Second: "live" });
      expect(cards(world)).toHaveLength(1);
      expect(world.status().findings.filter(({ severity }) => severity === "fail")).toEqual([]);
    },
  );

  test("taken back by a commit of its own is a deploy of that commit", async () => {
    const { world } = await live();
    const revert = push(world, 'Revert "Second"');
    await passes(world, 2);
    end(world, revert, "success");
    await passes(world, 4);
    expect(ends(world)).toEqual({ Second: "live", 'Revert "Second"': "live" });
    expect(running(world)).toBe(revert.slice(0, 12));
  });
});
