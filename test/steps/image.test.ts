import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/facts/facts.ts";
import type { Lineage } from "../../src/facts/lineage.ts";
import { known, unknown } from "../../src/project/read.ts";
import { image } from "../../src/steps/image.ts";
import { imageOfCommit } from "../../src/steps/image-of-commit.ts";
import { buildsOfRuns, commit } from "../builders/facts.ts";
import { at, NOW } from "../builders/project.ts";
import { job, run, SHA } from "../builders/run.ts";
import { contextOf, type Given, says } from "../builders/step-context.ts";
import { createWorld } from "../builders/world/create-world.ts";

const TAG = SHA.slice(0, 12);
const OTHER = "b".repeat(40);
const OTHER_TAG = OTHER.slice(0, 12);
const absent = { [TAG]: known(false) };
const none = { [SHA]: known({ state: "none" as const }) };
const ended = (conclusion: string) => buildsOfRuns(run({ status: "completed", conclusion, updatedAt: NOW }));
const lineage = (given: Partial<Lineage>): Facts["lineage"] =>
  known({ sha: SHA, nearest: OTHER, onlyManifests: false, ...given });
const newer = (...runs: Parameters<typeof run>[0][]) => ({
  head: known(commit({ sha: OTHER })),
  builds: {
    ...ended("failure"),
    ...buildsOfRuns(...runs.map((each) => run({ id: 102, number: 2, sha: OTHER, ...each }))),
  },
  images: absent,
});

describe("the image", () => {
  test("that was given out in its stead stays in the row, though its own is built later", async () => {
    const given: Given = { seen: { images: { [TAG]: known(true) } }, remembered: { released: SHA, tag: OTHER_TAG } };
    expect(await image.ensure(contextOf(given))).toMatchObject({
      state: "done",
      reason: "ImageKept",
      params: { tag: OTHER_TAG, why: "manifests" },
    });
  });

  test.each<[string, Given, string]>([
    ["is there", { seen: { images: { [TAG]: known(true) } } }, "done ImageReady"],
    [
      "is there though GitHub cannot be read",
      { seen: { images: { [TAG]: known(true) }, builds: { [SHA]: unknown("502") } } },
      "done ImageReady",
    ],
    [
      "was given out once, whatever the registry says now",
      { seen: { images: { [TAG]: unknown("401") } }, remembered: { tag: TAG } },
      "done ImageReady",
    ],
    ["before the first commit", { status: { launch: {} } }, "waiting BuildAwaited"],
    [
      "while runs cannot be read",
      { seen: { images: absent, builds: { [SHA]: unknown("502") } } },
      "waiting Unreadable",
    ],
    ["before anybody has asked for its runs", { seen: { images: absent } }, "waiting BuildAwaited"],
    ["before a run is shown", { seen: { builds: none, images: absent } }, "waiting BuildAwaited"],
    [
      "when no run was shown for a minute: why is not a step's to say",
      { seen: { at: at(60), builds: none, images: absent } },
      "waiting BuildAwaited",
    ],
    [
      "while only another commit's run is there",
      { seen: { builds: { ...none, ...buildsOfRuns(run({ sha: OTHER })) }, images: absent } },
      "waiting BuildAwaited",
    ],
    ["while the run is queued", { seen: { builds: buildsOfRuns(run({ status: "queued" })) } }, "waiting BuildQueued"],
    [
      "while somebody has to approve it",
      { seen: { builds: buildsOfRuns(run({ status: "waiting" })) } },
      "waiting BuildNeedsApproval",
    ],
    [
      "while jobs are those of another run",
      { seen: { builds: buildsOfRuns(run()), jobs: known([job({ runId: 9 })]) } },
      "waiting BuildQueued",
    ],
    [
      "while jobs cannot be read",
      { seen: { builds: buildsOfRuns(run()), jobs: unknown("502") } },
      "waiting BuildQueued",
    ],
    ["while a job runs", { seen: { builds: buildsOfRuns(run()), jobs: known([job()]) } }, "waiting BuildRunning"],
    ["just after the run", { seen: { builds: ended("success"), images: absent } }, "waiting ImageAwaited"],
    ["long after the run", { seen: { at: at(600), builds: ended("success"), images: absent } }, "waiting ImageAwaited"],
    [
      "while the registry cannot be read",
      { seen: { builds: ended("success"), images: { [TAG]: unknown("401") } } },
      "waiting Unreadable",
    ],
    ["when the run failed", { seen: { builds: ended("failure"), images: absent } }, "waiting BuildOver"],
    ["when the run was cancelled", { seen: { builds: ended("cancelled"), images: absent } }, "waiting BuildOver"],
    [
      "when the run was skipped, and nothing ran before",
      { seen: { builds: ended("skipped"), images: absent } },
      "waiting BuildOver",
    ],
    [
      "when the run failed but the image is there",
      { seen: { builds: ended("failure"), images: { [TAG]: known(true) } } },
      "done ImageReady",
    ],
    [
      "of before, where only manifests changed",
      { seen: { builds: none, images: absent, lineage: lineage({ onlyManifests: true }) } },
      "done ImageKept",
    ],
    [
      "of a live project, of its head",
      {
        status: { phase: "Live" },
        seen: {
          head: known(commit({ sha: OTHER })),
          images: { [TAG]: known(true) },
          builds: buildsOfRuns(run({ sha: OTHER, status: "queued" })),
        },
      },
      "waiting BuildQueued",
    ],
    [
      "of a live project whose head cannot be read",
      { status: { phase: "Live" }, seen: { head: unknown("502"), images: { [TAG]: known(true) } } },
      "done ImageReady",
    ],
  ])("%s", async (_, given, wanted) => expect(await says(image, given)).toBe(wanted));

  test("that is built tells which step of which job, without what pins an action", async () => {
    const steps = [
      { name: `Run docker/build-push-action@${"c".repeat(40)}`, number: 2, status: "in_progress", conclusion: null },
      { name: "push", number: 3, status: "queued", conclusion: null },
    ];
    const seen = { builds: buildsOfRuns(run()), jobs: known([job({ steps })]) };
    expect(await image.ensure(contextOf({ seen }))).toMatchObject({
      params: { number: 1, job: "image", step: "Run docker/build-push-action", stepNumber: 2, stepCount: 2 },
    });
  });

  test("that is built does not go back a step, whatever GitHub answers, but begins anew with another run or job", async () => {
    const step = async (given: { number?: number; name?: string; told?: number; now?: number }) => {
      const steps = [
        {
          name: "push",
          number: given.now ?? 2,
          status: given.now === undefined ? "queued" : "in_progress",
          conclusion: null,
        },
      ];
      const outcome = await image.ensure(
        contextOf({
          seen: {
            builds: buildsOfRuns(run({ number: given.number ?? 1 })),
            jobs: known([job({ name: given.name ?? "image", steps })]),
          },
          status: {
            stages: [
              {
                ...{ stage: "build", state: "waiting", reason: "BuildRunning" },
                params: { number: 1, job: "image", step: "build", stepNumber: given.told ?? 5, stepCount: 7 },
              },
            ],
          },
        }),
      );
      return outcome.state === "waiting" && outcome.reason === "BuildRunning" ? outcome.params.stepNumber : outcome;
    };
    expect(await step({ now: 3 })).toBe(5);
    expect(await step({})).toBe(5);
    expect(await step({ now: 6 })).toBe(6);
    expect(await step({ now: 1, number: 2 })).toBe(1);
    expect(await step({ now: 1, name: "test" })).toBe(1);
  });

  test("looks again soon for what shows itself without a hint", async () => {
    const until = async (builds: Facts["builds"]) => {
      const outcome = await image.ensure(contextOf({ seen: { builds, images: absent } }));
      return outcome.state === "waiting" ? outcome.until : undefined;
    };
    expect([await until(none), await until(ended("success"))]).toEqual([at(5), at(2)]);
  });

  test("that was kept says of which commit it is, and why", async () => {
    const outcome = (given: Given) => image.ensure(contextOf(given));
    expect(await outcome({ seen: { images: absent, lineage: lineage({ onlyManifests: true }) } })).toMatchObject({
      params: { tag: OTHER_TAG, why: "manifests" },
    });
    expect(await outcome({ seen: { images: absent, builds: ended("skipped"), lineage: lineage({}) } })).toMatchObject({
      params: { tag: OTHER_TAG, why: "skipped" },
    });
  });

  describe("of a launch whose own commit came to nothing", () => {
    const sha = async (given: Given) => {
      const outcome = await image.ensure(contextOf(given));
      return outcome.state === "waiting" ? outcome.learned?.launch?.sha : undefined;
    };

    test.each<[string, Facts["builds"]]>([
      ["failed", ended("failure")],
      ["was cancelled", ended("cancelled")],
      ["was skipped", ended("skipped")],
      ["never began", none],
    ])("is that of a newer one which has a run: it %s", async (_, builds) => {
      const seen = newer({ status: "in_progress" });
      expect(await sha({ seen: { ...seen, builds: { ...seen.builds, ...builds } } })).toBe(OTHER);
    });

    test.each<[string, Given]>([
      [
        "while its own run goes on",
        { seen: { ...newer({}), builds: { ...newer({}).builds, ...buildsOfRuns(run()) } } },
      ],
      [
        "before the newer one has a run",
        { seen: { ...newer(), builds: { ...ended("failure"), [OTHER]: known({ state: "none" }) } } },
      ],
      [
        "while the newer one's runs cannot be read",
        { seen: { ...newer(), builds: { ...ended("failure"), [OTHER]: unknown("502") } } },
      ],
      ["while the newest commit cannot be read", { seen: { ...newer({}), head: unknown("502") } }],
      ["where it is the newest", { seen: { builds: ended("failure"), images: absent, head: known(commit()) } }],
    ])("stays its own %s", async (_, given) => expect(await sha(given)).toBeUndefined());
  });

  test.each([
    ["failed", 1],
    ["cancelled", 1],
    ["queued", 0],
    ["succeeded", 0],
  ])("whose run is %s is built again at a person's Retry: %i run", async (state, count) => {
    const world = createWorld();
    const asked: number[] = [];
    const { github } = world.controller.ports;
    world.controller.ports = {
      ...world.controller.ports,
      github: { ...github, rerunFailedJobs: async (_, id) => void asked.push(id) },
    };
    const builds =
      state === "queued"
        ? buildsOfRuns(run({ status: "queued" }))
        : ended(state === "failed" ? "failure" : state === "succeeded" ? "success" : state);
    const given = { seen: { builds, images: absent }, world };
    await image.ensure(contextOf(given));
    expect(asked).toEqual([]);
    const outcome = await image.ensure(contextOf({ ...given, retrying: true }));
    expect(asked).toHaveLength(count);
    if (count) expect(outcome).toMatchObject({ state: "waiting", reason: "BuildQueued" });
  });
});

describe("the image of a commit", () => {
  const of = (seen: Given["seen"], sha = SHA) => {
    const { project, facts } = contextOf({ seen: { images: absent, ...seen } });
    return imageOfCommit(project, facts, sha);
  };

  test.each<[string, Given["seen"], ReturnType<typeof imageOfCommit>]>([
    ["is its own", { images: { [TAG]: known(true) } }, { sha: SHA }],
    [
      "is its own before any other",
      { images: { [TAG]: known(true) }, lineage: lineage({ onlyManifests: true }) },
      { sha: SHA },
    ],
    ["is to be waited for while the registry cannot be read", { images: { [TAG]: unknown("502") } }, undefined],
    [
      "is to be waited for while nothing is known of what came before",
      { lineage: unknown("502"), builds: ended("skipped") },
      undefined,
    ],
    [
      "is to be waited for where nothing came before",
      { lineage: lineage({ nearest: undefined, onlyManifests: true }) },
      undefined,
    ],
    [
      "is to be waited for where the lineage is another commit's",
      { lineage: lineage({ sha: OTHER, onlyManifests: true }) },
      undefined,
    ],
    [
      "is that of before where only manifests changed",
      { lineage: lineage({ onlyManifests: true }) },
      { sha: OTHER, kept: "manifests" },
    ],
    [
      "is that of before where only manifests changed, though the build of it failed",
      { lineage: lineage({ onlyManifests: true }), builds: ended("failure") },
      { sha: OTHER, kept: "manifests" },
    ],
    [
      "is that of before where its run was skipped",
      { lineage: lineage({}), builds: ended("skipped") },
      { sha: OTHER, kept: "skipped" },
    ],
    ["is to be waited for where its run failed", { lineage: lineage({}), builds: ended("failure") }, undefined],
    [
      "is to be waited for where its run was cancelled",
      { lineage: lineage({}), builds: ended("cancelled") },
      undefined,
    ],
    [
      "is to be waited for while runs cannot be read",
      { lineage: lineage({}), builds: { [SHA]: unknown("502") } },
      undefined,
    ],
    [
      "is to be waited for while a run may yet begin",
      { at: at(59), lineage: lineage({}), builds: none, workflow: known("active") },
      undefined,
    ],
    [
      "is that of before where the push triggered no run within a minute",
      { at: at(60), lineage: lineage({}), builds: none, workflow: known("active") },
      { sha: OTHER, kept: "untriggered" },
    ],
    [
      "is to be waited for where the workflow is switched off",
      { at: at(600), lineage: lineage({}), builds: none, workflow: known("disabled") },
      undefined,
    ],
    [
      "is to be waited for where the workflow cannot be read",
      { at: at(600), lineage: lineage({}), builds: none, workflow: unknown("502") },
      undefined,
    ],
  ])("%s", (_, seen, wanted) => expect(of(seen)).toEqual(wanted));
});
