import { describe, expect, test } from "vitest";
import type { Facts } from "../../../src/facts/facts.ts";
import type { Lineage } from "../../../src/facts/lineage.ts";
import type { ProjectStatus } from "../../../src/project/project.ts";
import { known, unknown } from "../../../src/project/read.ts";
import { buildsOfRuns, commit } from "../../builders/facts.ts";
import { codes, type Given, judged } from "../../builders/judged.ts";
import { at, NOW } from "../../builders/project.ts";
import { run, SHA } from "../../builders/run.ts";
import { said } from "../../builders/said.ts";

const TAG = SHA.slice(0, 12);
const OTHER = "b".repeat(40);
const absent = { [TAG]: known(false) };
const none = { builds: { [SHA]: known({ state: "none" as const }) }, images: absent };
const ended = (conclusion: string) => buildsOfRuns(run({ status: "completed", conclusion }));
const lineage = (nearest?: string): Facts["lineage"] =>
  known({ sha: SHA, nearest, onlyManifests: false } satisfies Lineage);

/** A later commit of a live project, seen at the beginning. */
const pushed: Partial<ProjectStatus> = {
  phase: "Live",
  deploys: [
    {
      ...{ sha: OTHER, tag: OTHER.slice(0, 12), author: "", title: "", url: "" },
      ...{ startedAt: NOW.toISOString(), state: "running", stages: [] },
    },
  ],
};
const later = { head: known(commit({ sha: OTHER })), builds: { [OTHER]: known({ state: "none" as const }) } };

describe("a build", () => {
  test.each<[string, Given, string[]]>([
    ["before the first commit", { status: { launch: {} } }, []],
    ["before a run is shown", { seen: { ...none, at: at(59) } }, []],
    ["when no run was shown for a minute", { seen: { ...none, at: at(60) } }, ["fail workflow-missing"]],
    [
      "when no run was shown for a minute, of a workflow that is switched off",
      { seen: { ...none, at: at(60), workflow: known("disabled") } },
      ["fail workflow-missing"],
    ],
    [
      "when no run was shown, an older image may run and the workflow stands: it was not for this push",
      { seen: { ...none, at: at(600), workflow: known("active"), lineage: lineage(OTHER) } },
      [],
    ],
    [
      "when no run was shown, an older image may run and the workflow is gone",
      { seen: { ...none, at: at(60), workflow: known("missing"), lineage: lineage(OTHER) } },
      ["fail workflow-missing"],
    ],
    ["while runs cannot be read", { seen: { at: at(600), builds: { [SHA]: unknown("502") }, images: absent } }, []],
    [
      "when no run was shown, while the registry cannot be read: an image may be there",
      { seen: { at: at(600), builds: none.builds, images: { [TAG]: unknown("502") } } },
      [],
    ],
    [
      "when no run was shown, while it cannot be read whether an older image may run",
      { seen: { ...none, at: at(600), workflow: known("active"), lineage: unknown("502") } },
      [],
    ],
    [
      "when no run was shown and the workflow is off, whatever came before",
      { seen: { ...none, at: at(600), workflow: known("disabled"), lineage: unknown("502") } },
      ["fail workflow-missing"],
    ],
    ["while nobody has asked for its runs", { seen: { at: at(600), images: absent } }, []],
    ["of a later commit, just after it was seen", { status: pushed, seen: { ...later, at: at(59) } }, []],
    [
      "of a later commit, when no run was shown for a minute",
      { status: pushed, seen: { ...later, at: at(60) } },
      ["fail workflow-missing"],
    ],
    ["that is queued", { seen: { builds: buildsOfRuns(run({ status: "queued" })) } }, []],
    ["that runs, for however long", { seen: { builds: buildsOfRuns(run()), at: at(7200) } }, []],
    ["that waits for an approval", { seen: { builds: buildsOfRuns(run({ status: "waiting" })), at: at(7200) } }, []],
    ["that failed", { seen: { builds: ended("failure"), images: absent } }, ["fail build-failed"]],
    ["that took too long", { seen: { builds: ended("timed_out"), images: absent } }, ["fail build-failed"]],
    ["that never started", { seen: { builds: ended("startup_failure"), images: absent } }, ["fail build-failed"]],
    [
      "that failed, while the registry cannot be read",
      { seen: { builds: ended("failure"), images: { [TAG]: unknown("502") } } },
      ["fail build-failed"],
    ],
    ...(["failure", "cancelled", "success"] as const).map((conclusion): [string, Given, string[]] => [
      `that ended as ${conclusion} without an image, of a commit that changes manifests alone: it decides nothing`,
      {
        seen: {
          ...{ builds: ended(conclusion), images: absent, at: at(600) },
          lineage: known({ sha: SHA, nearest: OTHER, onlyManifests: true }),
        },
      },
      conclusion === "failure" ? ["warn build-red"] : [],
    ]),
    ...(["failure", "cancelled", "success"] as const).map((conclusion): [string, Given, string[]] => [
      `that ended as ${conclusion} once the commit was given another image: it decides nothing`,
      {
        seen: { builds: ended(conclusion), images: absent, at: at(600) },
        status: { environments: [{ name: "production", released: SHA, tag: OTHER.slice(0, 12) }] },
      },
      conclusion === "failure" ? ["warn build-red"] : [],
    ]),
    [
      "that failed though its image is there",
      { seen: { builds: ended("failure"), images: { [TAG]: known(true) } } },
      ["warn build-red"],
    ],
    [
      "that failed though its image was given out",
      {
        seen: { builds: ended("failure"), images: { [TAG]: unknown("502") } },
        status: { environments: [{ name: "production", tag: TAG }] },
      },
      ["warn build-red"],
    ],
    [
      "that was cancelled, while the registry cannot be read",
      { seen: { builds: ended("cancelled"), images: { [TAG]: unknown("502") } } },
      ["warn build-cancelled"],
    ],
    [
      "that failed, while what came before the commit cannot be read",
      { seen: { builds: ended("failure"), images: absent, lineage: unknown("502") } },
      ["fail build-failed"],
    ],
    ["that was cancelled", { seen: { builds: ended("cancelled"), images: absent } }, ["warn build-cancelled"]],
    [
      "that was cancelled once its image was there",
      { seen: { builds: ended("cancelled"), images: { [TAG]: known(true) } } },
      [],
    ],
    [
      "that was cancelled once its image was given out",
      {
        seen: { builds: ended("cancelled"), images: { [TAG]: unknown("502") } },
        status: { environments: [{ name: "production", tag: TAG }] },
      },
      [],
    ],
    ["that ended in a way that has no name yet, just now", { seen: { builds: ended("new"), images: absent } }, []],
    [
      "that ended in a way that has no name yet, and brought no image",
      { seen: { builds: ended("new"), images: absent, at: at(3600), lineage: lineage() } },
      ["fail image-never-pushed"],
    ],
    [
      "that was not triggered, while one before it is built",
      {
        seen: {
          ...none,
          at: at(600),
          lineage: known({
            sha: SHA,
            nearest: undefined,
            onlyManifests: false,
            awaited: { state: "running", run: run() },
          }),
        },
      },
      [],
    ],
    ["that GitHub gave up on", { seen: { builds: ended("stale"), images: absent } }, ["warn build-cancelled"]],
    ["that was skipped", { seen: { builds: ended("skipped"), images: absent } }, []],
    ["that had nothing to say", { seen: { builds: ended("neutral"), images: absent } }, []],
    ["that succeeded", { seen: { builds: ended("success"), images: { [TAG]: known(true) } } }, []],
    [
      "of another commit, which failed",
      { seen: { ...none, builds: { ...none.builds, ...buildsOfRuns(run({ sha: OTHER, status: "completed" })) } } },
      [],
    ],
    [
      "of an older commit of a live project, which failed",
      { status: pushed, seen: { ...later, builds: { ...later.builds, ...ended("failure") } } },
      [],
    ],
  ])("%s", (_, given, wanted) => expect(codes(given)).toEqual(wanted));

  test("that failed is proved by the log's last telling line, and told with job and step", () => {
    const failure = (lines: string[]) =>
      judged({
        seen: {
          builds: ended("failure"),
          images: absent,
          failure: known({ job: "image", step: "docker build", lines }),
        },
      }).findings[0];
    expect(failure(["npm ERR! missing script: build", "Error: Process completed with exit code 1."])).toMatchObject({
      subject: "run/101/1",
      stage: "build",
      evidence: "npm ERR! missing script: build",
      params: { number: 1, conclusion: "failure", job: "image", step: "docker build", sha: "3f2a91c" },
    });
    expect(failure(["Error: Process completed with exit code 1."])?.evidence).toContain("exit code 1");
  });

  describe.each(["failure", "cancelled"])("that ended as %s", (conclusion) => {
    const away = { [TAG]: unknown("502") };
    const told = (seen: Partial<Facts>) => judged({ seen: { builds: ended(conclusion), ...seen } });
    const impact = (seen: Partial<Facts>) => {
      const [found] = told(seen).findings;
      return found && said(found).impact;
    };

    test.each<[string, Partial<Facts>, RegExp]>([
      [
        "was asked, and has none",
        { images: absent, lineage: lineage(OTHER) },
        /^(There is no new image|This commit is not deployed)\.$/,
      ],
      [
        "cannot be asked",
        { images: away },
        /^The registry does not answer, so Slipway cannot tell whether the image was pushed before .*once the registry answers\.$/,
      ],
      [
        "has none, and what came before cannot be read",
        { images: absent, lineage: unknown("502") },
        /cannot tell yet whether an earlier image can be used\.$/,
      ],
    ])("is told by what is known: the registry %s", (_, seen, wanted) => {
      expect(impact(seen)).toMatch(wanted);
    });

    test("is one finding, whatever could be read of its image; without the registry it is asked once more first", () => {
      const [sure] = told({ images: absent, lineage: lineage(OTHER) }).findings;
      const [unsure] = told({ images: away }).findings;
      expect([unsure?.code, unsure?.subject, unsure?.evidence]).toEqual([sure?.code, sure?.subject, sure?.evidence]);
      expect(unsure?.confirm).toEqual({ milliseconds: 10_000 });
    });
  });

  test("whose red run was told is not taken for over while the registry cannot be read", () => {
    const blind = judged({ seen: { builds: ended("failure"), images: { [TAG]: unknown("502") } } }).unknown;
    expect(blind).toContainEqual({ code: "build-red", reason: "502" });
  });

  test("that failed and whose log cannot be read is proved by how it ended", () => {
    const seen = { builds: ended("failure"), images: absent, failure: unknown("403") };
    expect(judged({ seen }).findings[0]).toMatchObject({ evidence: "run #1: failure" });
    expect(judged({ seen }).findings[0]?.params).not.toHaveProperty("job");
  });

  test("that is tried again is another one", () => {
    const subject = (attempt: number) =>
      judged({
        seen: { builds: buildsOfRuns(run({ attempt, status: "completed", conclusion: "failure" })), images: absent },
      }).findings[0]?.subject;
    expect(subject(1)).not.toBe(subject(2));
  });

  test("stops the row of builds where it failed or was stopped, and none where its image is there", () => {
    const stage = (conclusion: string, image: boolean) =>
      judged({ seen: { builds: ended(conclusion), images: { [TAG]: known(image) } } }).findings.map(
        (each) => each.stage,
      );
    expect([stage("failure", false), stage("cancelled", false), stage("failure", true)]).toEqual([
      ["build"],
      ["build"],
      [undefined],
    ]);
  });

  test.each([
    ["runs", { builds: { [SHA]: unknown("502") } }, "502"],
    ["the newest commit", { head: unknown("404") }, "404"],
  ])("is not judged while %s cannot be read", (_, seen, reason) => {
    const blind = judged({ seen: { ...seen, at: at(600) } }).unknown.filter((each) => each.reason === reason);
    for (const code of ["build-failed", "build-cancelled", "build-red", "workflow-missing"])
      expect(blind).toContainEqual({ code, reason });
  });

  test("whose red run was told is told on once nobody asks for it any more", () => {
    const blind = judged({ status: { phase: "Live" } }).unknown;
    expect(blind).toContainEqual({ code: "build-red", reason: { because: "RunOver" } });
  });
});
