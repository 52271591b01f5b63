import { describe, expect, test } from "vitest";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";
import { places } from "../builders/world/places.ts";
import type { Mishap } from "../builders/world/with-mishaps.ts";

const KINDS: Mishap["kind"][] = ["dies-before", "dies-after", "refused", "answer-lost"];

/** What stands at the end, without what numbers and times make of it. */
function standing(world: MemoryWorld) {
  const { status } = world.projects.stored.get("rrr") ?? {};
  return {
    objects: [...world.cluster.objects]
      .sort()
      .map(([key, { metadata, spec, data }]) => ({ key, labels: metadata.labels, spec, data })),
    repositories: [...world.github.repositories].map(([full, { repository, commits, hooks, actions, runs }]) => ({
      full,
      description: repository.description,
      topics: repository.topics,
      commits: commits.map(({ sha }) => sha),
      hooks: hooks.map(({ url, events }) => ({ url, events })),
      actions,
      runs: runs.length,
    })),
    packages: [...world.github.packages],
    status: status && {
      phase: status.phase,
      stages: status.stages.map(({ stage, state, reason, params }) => ({ stage, state, reason, params })),
      ledger: status.ledger.map(({ kind, name, namespace, state }) => `${state} ${kind}/${namespace ?? ""}/${name}`),
      environments: status.environments.map(({ tagSince: _, ...rest }) => rest),
      deploys: status.deploys.map(({ sha, state }) => ({ sha, state })),
      url: status.url,
      findings: status.findings,
      failure: status.failure,
    },
  };
}

/** A build that is soon done: every pass that only waits for it is like the one before. */
function quick() {
  const world = createWorld({ outside: true });
  world.github.build.seconds = 6;
  return world;
}

const undisturbed = quick();
await undisturbed.create();
await undisturbed.live();
const wanted = standing(undisturbed);
const calls = places(undisturbed.calls);

/** Live, and a person has just pushed. */
async function pushed() {
  const world = quick();
  await world.create();
  await world.live();
  await world.pass();
  world.github.push("acme/rrr", "Second");
  return world;
}
const deployed = (world: MemoryWorld) => () => {
  const last = world.status().deploys.at(-1);
  return last?.title === "Second" && last.state === "live";
};

const deploying = await pushed();
const deployFrom = deploying.calls.length;
await deploying.until(deployed(deploying));
const wantedThen = standing(deploying);
const deployCalls = places(deploying.calls, deployFrom);

describe("a launch", () => {
  test("ends live, with one of everything", () => {
    expect(wanted.status?.phase).toBe("Live");
    expect(wanted.repositories).toHaveLength(1);
    expect(wanted.repositories[0]).toMatchObject({
      commits: [expect.any(String)],
      hooks: [expect.anything()],
      actions: true,
      runs: 1,
    });
    expect(wanted.status?.ledger.every((each) => each.startsWith("made "))).toBe(true);
    expect(undisturbed.status().url).toBe("http://rrr.example.com");
  });

  test.each(KINDS)("comes to the same world when a call %s, whichever call it is", async (kind) => {
    const astray: string[] = [];
    for (const at of calls) {
      const world = quick();
      await world.create();
      world.mishap({ at, kind });
      try {
        await world.live();
        expect(standing(world)).toEqual(wanted);
      } catch (error) {
        astray.push(`${at} ${world.calls[at - 1]}: ${error instanceof Error ? error.message.slice(0, 300) : error}`);
      }
    }
    expect(astray).toEqual([]);
  });
});

describe("a deploy", () => {
  test.each(["dies-after", "refused"] as const)(
    "comes to the same world when a call %s, whichever call it is",
    async (kind) => {
      const astray: string[] = [];
      for (const at of deployCalls) {
        const world = await pushed();
        world.mishap({ at, kind });
        try {
          await world.until(deployed(world));
          expect(standing(world)).toEqual(wantedThen);
        } catch (error) {
          astray.push(`${at} ${world.calls[at - 1]}: ${error instanceof Error ? error.message.slice(0, 300) : error}`);
        }
      }
      expect(astray).toEqual([]);
    },
  );
});
