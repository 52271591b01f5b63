import { describe, expect, test } from "vitest";
import { thread } from "../../src/slack/thread.ts";
import { en } from "../../src/words/en/index.ts";
import { createWorld, type MemoryWorld } from "../builders/world/create-world.ts";

const REPOSITORY = "acme/rrr";

/** Each failure as Flux words it in one try, which names some things anew. */
const FAILURES: Record<string, { code: string; reason: string; message: (temporary: number) => string }> = {
  "finds no manifests": {
    code: "flux-path-missing",
    reason: "ArtifactFailed",
    message: (temporary) =>
      `kustomization path not found: stat /tmp/kustomization-${temporary}/k8s/overlays/production: no such file or directory`,
  },
  "cannot build them": {
    code: "flux-build-failed",
    reason: "BuildFailed",
    message: (temporary) => `open /tmp/kustomization-${temporary}/k8s/nope.yaml: no such file or directory`,
  },
  "may not apply them": {
    code: "flux-apply-failed",
    reason: "ReconciliationFailed",
    message: () => "Deployment/rrr/rrr dry-run failed (Invalid): spec.selector: field is immutable",
  },
  "waits in vain": {
    code: "flux-health-timeout",
    reason: "HealthCheckFailed",
    message: (temporary) =>
      `health check failed after ${temporary % 60}.${temporary}s: timeout waiting for: [Job/rrr/a]`,
  },
};

/** While it tries again Flux says nothing of the try before. */
const trying = (world: MemoryWorld) => {
  world.cluster.flux.says = [
    ["Ready", "Unknown", "Progressing", "Reconciliation in progress"],
    ["Reconciling", "True", "Progressing", "Building manifests"],
  ];
};
const last = (world: MemoryWorld) => world.status().deploys.at(-1);
const shown = (world: MemoryWorld) => {
  const stored = world.projects.stored.get("rrr");
  return stored ? thread(stored, en, world.now()).map(({ key, digest }) => `${key} ${digest}`) : [];
};

describe.each(Object.entries(FAILURES))("a deploy of which Flux %s", (_, { code, reason, message }) => {
  const failing = (world: MemoryWorld, temporary: number) => {
    world.cluster.flux.says = [
      ["Ready", "False", reason, message(temporary)],
      ["Reconciling", "True", "ProgressingWithRetry", "Building manifests"],
    ];
  };

  async function failed() {
    const world = createWorld();
    world.github.build.seconds = 6;
    await world.create();
    await world.live();
    await world.pass();
    const sha = world.github.push(REPOSITORY, "Second");
    failing(world, 1_234_567);
    await world.until(() => last(world)?.sha === sha && last(world)?.state === "failed");
    return { world, sha };
  }

  test("is told once, however often it is tried again, and no message changes", async () => {
    const { world } = await failed();
    const before = { ...last(world) };
    const messages = shown(world);
    for (let tried = 0; tried < 6; tried += 1) {
      world.wait(30);
      trying(world);
      await world.pass();
      expect(shown(world)).toEqual(messages);
      failing(world, 2_345_671 + tried * 1_013);
      await world.pass();
      expect(shown(world)).toEqual(messages);
    }
    expect(last(world)).toMatchObject({ state: "failed", finishedAt: before.finishedAt });
    expect(world.status().findings.filter((each) => each.code === code)).toMatchObject([
      { since: before.failure?.since },
    ]);
  });

  test("is over with a try that goes well", async () => {
    const { world, sha } = await failed();
    world.wait(30);
    trying(world);
    await world.pass();
    delete world.cluster.flux.says;
    await world.until(() => last(world)?.state === "live");
    expect(last(world)).toMatchObject({ sha, failure: { code, recoveredAt: expect.any(String) } });
    expect(world.status().findings.filter((each) => each.code === code)).toMatchObject([
      { recoveredAt: expect.any(String) },
    ]);
  });

  test("does not fail the push that is to end it, while Flux has its first try of that one", async () => {
    const { world } = await failed();
    world.wait(30);
    trying(world);
    const third = world.github.push(REPOSITORY, "Third");
    await world.until(
      () =>
        last(world)?.sha === third &&
        (last(world)?.stages.some((each) => each.stage === "rollout" && each.reason === "RolloutApplying") ?? false),
    );
    await world.pass();
    expect(last(world)).toMatchObject({ sha: third, state: "running" });
    delete world.cluster.flux.says;
    await world.until(() => last(world)?.state === "live");
    expect(last(world)).toMatchObject({ sha: third });
  });
});
