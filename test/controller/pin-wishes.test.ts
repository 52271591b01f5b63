import { describe, expect, test } from "vitest";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";
const PRODUCTION = { environment: "production" };

const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const stored = (world: MemoryWorld) => {
  const found = world.projects.stored.get("rrr");
  if (!found) throw new Error("rrr is gone");
  return found;
};
const only = (world: MemoryWorld) => stored(world).spec.environments[0];

/** Live, and pushed to once: [launched, pushed]. */
async function pushed() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  await world.pass();
  const first = world.status().launch.sha ?? "";
  const second = world.github.push(REPOSITORY, "Second");
  await world.until(() => last(world)?.sha === second && last(world)?.state === "live");
  return { world, first, second };
}

async function pinned() {
  const made = await pushed();
  await made.world.wish("pin", "pin-1", { ...PRODUCTION, commit: made.first });
  await made.world.until(() => last(made.world)?.reason === "pin" && last(made.world)?.state === "live");
  return made;
}

describe("a wish to pin", () => {
  test("is written where kubectl shows it, and is a deploy that knows who asked", async () => {
    const { world, first } = await pinned();
    expect(only(world)).toMatchObject({ follow: "pinned", commit: first });
    expect(last(world)).toMatchObject({ sha: first, by: "U0ADA", environments: ["production"] });
    expect(world.status().timeline).toContainEqual(
      expect.objectContaining({ reason: "Asked", params: { intent: "pin", by: "U0ADA" } }),
    );
  });

  test("takes the place of a pin by tag", async () => {
    const { world, first, second } = await pushed();
    world.edit(({ environments: [each] }) => Object.assign(each ?? {}, { tag: second.slice(0, 12) }));
    await world.wish("pin", "pin-1", { ...PRODUCTION, commit: first });
    await world.pass();
    expect(only(world)).toMatchObject({ follow: "pinned", commit: first });
    expect(only(world)?.tag).toBeUndefined();
  });

  test.each<[string, Record<string, string>]>([
    ["of an environment that there is not", { environment: "staging", commit: "a".repeat(40) }],
    ["without a commit", PRODUCTION],
    ["of half a commit", { ...PRODUCTION, commit: "abcdef1" }],
  ])("%s is handled and changes nothing", async (_, params) => {
    const { world } = await pushed();
    const before = stored(world).spec.environments;
    await world.wish("pin", "pin-1", params);
    await world.pass();
    expect(stored(world).spec.environments).toEqual(before);
    expect(world.status().handled).toContain("pin-1");
    expect(last(world)?.reason).toBe("push");
  });

  test("that somebody's edit overtakes is heard by the next pass, beside that edit", async () => {
    const { world, first } = await pushed();
    await world.wish("pin", "pin-1", { ...PRODUCTION, commit: first });
    const { writeEnvironments } = world.projects.projects;
    world.projects.projects.writeEnvironments = async (project, environments) => {
      world.projects.projects.writeEnvironments = writeEnvironments;
      const now = stored(world);
      await writeEnvironments(
        now,
        now.spec.environments.map((each) => ({ ...each, replicas: 3 })),
      );
      return writeEnvironments(project, environments);
    };
    await world.pass();
    expect(only(world)).toMatchObject({ follow: "branch", replicas: 3 });
    expect(world.status().handled).not.toContain("pin-1");
    await world.pass();
    expect(only(world)).toMatchObject({ follow: "pinned", commit: first, replicas: 3 });
  });

  test("whose pass died before it was noted is heard once more, to the same end", async () => {
    const { world, first } = await pushed();
    await world.wish("pin", "pin-1", { ...PRODUCTION, commit: first });
    const { writeStatus } = world.projects.projects;
    world.projects.projects.writeStatus = async () => {
      world.projects.projects.writeStatus = writeStatus;
      throw new Error("killed");
    };
    await world.pass();
    expect(world.status().handled).not.toContain("pin-1");
    expect(only(world)).toMatchObject({ commit: first });
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    expect(world.status().deploys.filter(({ reason }) => reason === "pin")).toHaveLength(1);
  });
});

describe("a wish to unpin", () => {
  test("lets the newest commit go there, by whom it was asked", async () => {
    const { world, second } = await pinned();
    world.wait(5);
    await world.wish("unpin", "unpin-1", PRODUCTION);
    await world.until(() => last(world)?.sha === second && last(world)?.state === "live");
    expect(only(world)).toMatchObject({ follow: "branch" });
    expect(only(world)?.commit).toBeUndefined();
    expect(last(world)).toMatchObject({ reason: "push", by: "U0ADA" });
  });

  test("of before is not what brought a commit that is pushed, or that kubectl let go", async () => {
    const { world, first, second } = await pinned();
    world.wait(5);
    await world.wish("unpin", "unpin-1", PRODUCTION);
    await world.until(() => last(world)?.sha === second && last(world)?.state === "live");
    const third = world.github.push(REPOSITORY, "Third");
    await world.until(() => last(world)?.sha === third && last(world)?.state === "live");
    expect(last(world)?.by).toBeUndefined();
    world.edit(({ environments: [each] }) => Object.assign(each ?? {}, { follow: "pinned", commit: first }));
    await world.until(() => last(world)?.reason === "pin" && last(world)?.state === "live");
    expect(last(world)?.by).toBeUndefined();
    world.edit(({ environments: [each] }) => Object.assign(each ?? {}, { follow: "branch", commit: undefined }));
    await world.until(() => last(world)?.sha === third && last(world)?.state === "live");
    expect(last(world)?.by).toBeUndefined();
  });
});

describe("a card", () => {
  const card = (world: MemoryWorld, key: string, told = true) => {
    const project = stored(world);
    const at = world.now().toISOString();
    const messages = told ? { [key]: { channel: "C1", ts: "1.2", digest: "", at } } : {};
    const shown = thread({ ...project, status: { ...project.status, messages } }, en, world.now());
    return JSON.stringify(shown.find((each) => each.key === key)?.blocks.sections ?? "");
  };
  const { goBack, follow } = en.slack.pins;

  test("of what ran before offers the way back, and that of what runs does not", async () => {
    const { world, second } = await pushed();
    expect(card(world, "launch")).toContain(goBack(undefined));
    expect(card(world, `deploy/${second}`)).not.toContain(goBack(undefined));
  });

  test("offers no way back to what still runs because what was pushed does not build", async () => {
    const { world, second } = await pushed();
    world.github.build.conclusion = "failure";
    const third = world.github.push(REPOSITORY, "Third");
    await world.until(() => last(world)?.sha === third && last(world)?.state === "failed");
    expect(card(world, `deploy/${second}`)).not.toContain(goBack(undefined));
    expect(card(world, "launch")).toContain(goBack(undefined));
    expect(card(world, `deploy/${third}`)).not.toContain(goBack(undefined));
  });

  test("of a pin offers the way to the branch as long as it holds, and who asked once an edit can say so", async () => {
    const { world, first, second } = await pinned();
    const key = `deploy/${last(world)?.id}`;
    expect(card(world, key)).toContain(follow(undefined));
    expect(card(world, key)).toContain("Requested by <@U0ADA>.");
    expect(card(world, key, false)).not.toContain("<@U0ADA>");
    expect(card(world, `deploy/${second}`)).toContain(goBack(undefined));
    expect(card(world, "launch")).not.toContain(goBack(undefined));
    world.wait(5);
    await world.wish("unpin", "unpin-1", PRODUCTION);
    await world.until(() => last(world)?.sha === second && last(world)?.state === "live");
    expect(card(world, key)).not.toContain(follow(undefined));
    expect(first).not.toBe(second);
  });
});
