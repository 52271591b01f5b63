import { describe, expect, test } from "vitest";
import { checkedFindings } from "../../src/controller/checked-findings.ts";
import type { FindingStatus } from "../../src/project/project.ts";
import { wish } from "../builders/wish.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const SOURCE = "GitRepository/rrr/rrr";
const FINDING = `flux-suspended/${SOURCE}`;

async function suspended() {
  const world = createWorld();
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  suspend(world, true);
  await world.until(() => open(world) !== undefined);
  return world;
}

function suspend(world: MemoryWorld, suspended: boolean) {
  Object.assign(world.cluster.objects.get(SOURCE)?.spec ?? {}, { suspend: suspended });
}

const open = (world: MemoryWorld) =>
  world.status().findings.find(({ code, recoveredAt }) => code === "flux-suspended" && recoveredAt === undefined);

describe("Check again", () => {
  test("is answered by the pass that hears it: who asked, when, and that it is still so", async () => {
    const world = await suspended();
    expect(open(world)?.checked).toBeUndefined();
    world.wait(3);
    await world.wish("check", "check-1", { finding: FINDING });
    const asked = world.now().toISOString();
    await world.pass();
    expect(open(world)?.checked).toEqual({ by: "U0ADA", at: asked, state: "there" });
    expect(world.calls).toContain("github.invalidate");
    expect(world.calls).toContain("registry.forget");
    // It stays, and nothing more is written for it.
    const before = world.status();
    world.wait(3);
    await world.pass();
    expect(world.status().findings).toEqual(before.findings);
  });

  test("is answered by the end of the problem where it is over", async () => {
    const world = await suspended();
    suspend(world, false);
    await world.wish("check", "check-1", { finding: FINDING });
    await world.pass();
    expect(open(world)).toBeUndefined();
    expect(world.status().handled).toContain("check-1");
  });

  test("costs nothing that a project has: a failed launch stays failed, of what it failed", async () => {
    const world = createWorld();
    await world.create();
    world.github.build.conclusion = "failure";
    await world.until(() => world.status().phase === "Failed");
    const { failure } = world.status();
    expect(failure).toBeDefined();
    await world.wish("check", "check-1", { finding: `${failure?.code}/${failure?.subject}` });
    await world.pass();
    expect(world.status()).toMatchObject({ phase: "Failed", failure: { code: failure?.code } });
    expect(world.status().findings.find(({ code }) => code === failure?.code)?.checked?.state).toBe("there");
  });

  test("after a Retry in the same moment takes nothing from it", async () => {
    const world = createWorld();
    await world.create();
    world.github.build.conclusion = "failure";
    await world.until(() => world.status().phase === "Failed");
    world.github.build.conclusion = "success";
    await world.wish("retry", "retry-1");
    world.wait(1);
    await world.wish("check", "check-1", { finding: "build-failed/run" });
    await world.live();
  });
});

describe("of a URL, which is looked at beside the passes", () => {
  const asked = "2026-03-01T10:00:10.000Z";
  const found: FindingStatus = {
    ...{ code: "port-blocked", subject: "environment/production/port/443", environment: "production" },
    ...{ severity: "fail", evidence: "", seenFrom: "outside:berlin", params: {}, remedies: ["check-again"] },
    ...{ since: asked, lastSeen: asked, count: 1 },
  };
  const check = wish("check", { by: "U0ADA", at: asked, params: { finding: `${found.code}/${found.subject}` } });
  const later = (seconds: number) => new Date(Date.parse(asked) + seconds * 1000);
  const seen = (looks: Record<string, number>) => [
    {
      environment: { name: "production" },
      site: { looks: Object.entries(looks).map(([from, seconds]) => ({ from, at: later(seconds) })) },
    },
  ];
  const checked = (looks: Record<string, number>, seconds: number, before = found, wishes = [check]) => {
    return checkedFindings([before], { wishes, environments: seen(looks), unknown: [], at: later(seconds) })[0]
      ?.checked;
  };

  test("a look of before is no answer, whoever else has looked since; the first one after is", () => {
    const waiting = checked({ berlin: -2, inside: 1 }, 1);
    expect(waiting).toMatchObject({ by: "U0ADA", at: asked, state: "waiting" });
    expect(checked({ berlin: 3 }, 4, { ...found, ...(waiting && { checked: waiting }) }, [])).toMatchObject({
      at: asked,
      state: "there",
    });
  });

  test("who asked is told after a while that nobody has looked yet, and the answer when somebody does", () => {
    const waiting = { by: "U0ADA", at: asked, state: "waiting" as const };
    const late = checked({ berlin: -2 }, 15, { ...found, checked: waiting }, []);
    expect(late).toMatchObject({ state: "late" });
    expect(checked({ berlin: 40 }, 41, { ...found, ...(late && { checked: late }) }, [])).toMatchObject({
      state: "there",
    });
  });

  test("what cannot be looked at is said so, with the reason and no secret", () => {
    const environments: [] = [];
    const unknown = [{ code: "port-blocked", environment: "production", reason: "no answer, token=hunter2222" }];
    const [{ checked } = { checked: undefined }] = checkedFindings([found], {
      wishes: [check],
      environments,
      unknown,
      at: later(1),
    });
    expect(checked).toMatchObject({ state: "unseen", unread: { because: "Said", detail: "no answer, token=***" } });
  });
});
