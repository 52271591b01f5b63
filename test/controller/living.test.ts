import { describe, expect, test } from "vitest";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { answered } from "../builders/objects.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const LABELS = { "slipway.dev/project": "rrr" };

async function launched(outside = false) {
  const world = createWorld({ outside });
  world.github.build.seconds = 6;
  await world.create();
  await world.live();
  await world.pass();
  return world;
}

/** What runs begins to end again and again, as a kubelet tells it. */
function crash(world: MemoryWorld) {
  const application = world.cluster.objects.get("Deployment/rrr/rrr");
  if (!application) throw new Error("nothing runs");
  const revision = { "deployment.kubernetes.io/revision": "1" };
  application.metadata.annotations = revision;
  Object.assign(application.status ?? {}, { readyReplicas: 0, availableReplicas: 0 });
  const owner = (kind: string, name: string, uid: string) => [{ apiVersion: "apps/v1", kind, name, uid }];
  const metadata = { name: "rrr-1", namespace: "rrr", labels: LABELS };
  world.cluster.put({
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      ...metadata,
      uid: "set-1",
      annotations: revision,
      ownerReferences: owner("Deployment", "rrr", application.metadata.uid ?? ""),
    },
  });
  world.cluster.put({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, name: "rrr-1-x", ownerReferences: owner("ReplicaSet", "rrr-1", "set-1") },
    spec: { containers: [{ name: "app", image: "x" }] },
    status: {
      phase: "Running",
      containerStatuses: [
        {
          name: "app",
          image: "x",
          ready: false,
          restartCount: 5,
          state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 2m40s restarting failed container" } },
          lastState: { terminated: { exitCode: 1, reason: "Error", message: "Error: DATABASE_URL is not set" } },
        },
      ],
    },
  });
  world.cluster.lagging.add("rrr");
}

function mend(world: MemoryWorld) {
  world.cluster.lagging.delete("rrr");
  world.cluster.objects.delete("Pod/rrr/rrr-1-x");
}

const messages = (world: MemoryWorld) => {
  const stored = world.projects.stored.get("rrr");
  return stored ? thread(stored, en, world.now()) : [];
};
const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const launch = (world: MemoryWorld) => messages(world)[0]?.text ?? "";

describe("what goes wrong with a project that is live", () => {
  test("is told as one message in the channel, stands in the title while it lasts, and ends in the same message", async () => {
    const world = await launched();
    const before = messages(world).length;
    world.wait(3600);
    crash(world);
    await world.pass();
    const [found] = world.status().findings;
    expect(found).toMatchObject({
      code: "pod-crashloop",
      severity: "fail",
      evidence: "Error: DATABASE_URL is not set",
    });
    expect(world.status()).toMatchObject({ phase: "Live", environments: [{ now: { ready: 0, wanted: 1 } }] });
    expect(messages(world)).toHaveLength(before + 1);
    const told = messages(world).find(({ key }) => key.startsWith("finding/"));
    expect(told).toMatchObject({ broadcast: true, replyTo: "launch" });
    expect(JSON.stringify(told?.blocks)).toContain("<@U0ADA>");
    expect(launch(world)).toContain("⚠");
    expect(world.status().conditions).toContainEqual(
      expect.objectContaining({ type: "Ready", status: "False", reason: "PodCrashloop" }),
    );

    mend(world);
    world.wait(57);
    await world.pass();
    const over = messages(world).find(({ key }) => key === told?.key);
    expect(messages(world)).toHaveLength(before + 1);
    expect(over?.text).toContain(en.slack.finding.recovered("57 s"));
    // What it had said stays.
    expect(JSON.stringify(over?.blocks)).toContain("DATABASE_URL is not set");
    expect(launch(world)).not.toContain("⚠");
    expect(world.status().conditions).toContainEqual(expect.objectContaining({ type: "Ready", status: "True" }));
  });

  test("is told by its own name, from where it was seen: a URL that nobody outside gets through to", async () => {
    const world = await launched(true);
    world.wait(3600);
    await world.pass();
    world.outcomes.elsewhere = { state: "tcp-timeout" };
    await world.until(() => world.status().findings.length > 0);
    expect(world.status().findings).toMatchObject([{ code: "port-blocked", seenFrom: "outside:elsewhere" }]);
    expect(world.status().environments[0]?.now?.answer).toMatchObject({ why: "port-blocked" });
    world.outcomes.elsewhere = answered();
    await world.until(() => world.status().findings.every(({ recoveredAt }) => recoveredAt !== undefined));
    expect(world.status().environments[0]?.now?.answer).toMatchObject({ status: 200 });
  });

  test("was seen once and no more: nobody is told", async () => {
    const world = await launched(true);
    world.wait(3600);
    await world.pass();
    const before = messages(world).length;
    world.outcomes.elsewhere = { state: "tcp-timeout" };
    await world.pass();
    world.outcomes.elsewhere = answered();
    world.wait(5);
    await world.pass();
    await world.pass();
    expect(messages(world)).toHaveLength(before);
    expect(world.status().findings).toEqual([]);
  });
});

describe("what the version before crashes of", () => {
  test("does not fail the deploy that mends it, and is over with it", async () => {
    const world = await launched();
    crash(world);
    await world.pass();
    expect(world.status().findings).toMatchObject([{ code: "pod-crashloop" }]);
    const sha = world.github.push("acme/rrr", "Set DATABASE_URL");
    const states = new Set<string | undefined>();
    await world.until(() => {
      if (last(world)?.sha === sha) states.add(last(world)?.state);
      // Once the new version is there its pods come up.
      if (world.status().environments[0]?.released === sha) world.cluster.lagging.delete("rrr");
      return last(world)?.sha === sha && last(world)?.state === "live";
    });
    expect([...states]).toEqual(["running", "live"]);
    expect(last(world)?.failure).toBeUndefined();
    expect(world.status().findings).toMatchObject([{ code: "pod-crashloop", recoveredAt: expect.any(String) }]);
  });

  test("and the version after it too fails that one's deploy", async () => {
    const world = await launched();
    const sha = world.github.push("acme/rrr", "Second");
    await world.until(() => world.status().environments[0]?.released === sha);
    crash(world);
    await world.until(() => last(world)?.state === "failed");
    expect(last(world)?.failure).toMatchObject({ code: "pod-crashloop", stage: "rollout" });
    expect(world.status().phase).toBe("Live");
  });
});
