import { describe, expect, test } from "vitest";
import { type PinnedBy, pinOf } from "../../src/project/pin-of.ts";
import type { ProjectStatus } from "../../src/project/project.ts";
import { NOW, project } from "../builders/project.ts";

const FIRST = "a".repeat(40);
const SECOND = "b".repeat(40);
const tag = (sha: string) => sha.slice(0, 12);

const deploy = (sha: string, given: { tag?: string } = {}): ProjectStatus["deploys"][number] => ({
  ...{ sha, tag: given.tag ?? tag(sha), author: "", title: "", url: "", stages: [] },
  ...{ startedAt: NOW.toISOString(), state: "live" },
});
const run = (sha: string): ProjectStatus["builds"][number] => ({
  ...{ id: 1, number: 1, attempt: 1, sha, status: "completed", url: "", startedAt: NOW.toISOString(), jobs: [] },
});
const of = (by: Partial<PinnedBy>, status: Partial<ProjectStatus> = {}) =>
  pinOf({ name: "production", follow: "branch", ...by }, project({ status }).status);

describe("an environment's pin", () => {
  test.each<[string, Partial<PinnedBy>, Partial<ProjectStatus>, ReturnType<typeof pinOf>]>([
    ["is none where it follows the branch", {}, { deploys: [deploy(FIRST)] }, undefined],
    ["is none where it is to be pinned and nobody says to what", { follow: "pinned" }, {}, undefined],
    ["is the commit", { follow: "pinned", commit: FIRST }, {}, { sha: FIRST }],
    ["is not a commit that was left behind when it was taken away", { commit: FIRST }, {}, undefined],
    ["is the commit with another image", { follow: "pinned", commit: FIRST, tag: "v9" }, {}, { sha: FIRST, tag: "v9" }],
    [
      "by a tag is the commit that was deployed under it",
      { tag: tag(FIRST) },
      { deploys: [deploy(FIRST), deploy(SECOND)] },
      { sha: FIRST, tag: tag(FIRST) },
    ],
    [
      "by a tag is the commit itself, not one that ran its image",
      { tag: tag(FIRST) },
      { deploys: [deploy(SECOND, { tag: tag(FIRST) }), deploy(FIRST)] },
      { sha: FIRST, tag: tag(FIRST) },
    ],
    ["by a tag is the launch's", { tag: tag(FIRST) }, { launch: { sha: FIRST } }, { sha: FIRST, tag: tag(FIRST) }],
    [
      "by a tag is one that was only built",
      { tag: tag(FIRST) },
      { builds: [run(FIRST)] },
      { sha: FIRST, tag: tag(FIRST) },
    ],
    [
      "by a tag is one whose manifests are kept",
      { tag: tag(FIRST) },
      { environments: [{ name: "staging", released: SECOND, sources: [FIRST, SECOND] }] },
      { sha: FIRST, tag: tag(FIRST) },
    ],
    [
      "by a tag that is no commit's leaves the manifests as they were released",
      { tag: "v1.2" },
      { deploys: [deploy(FIRST)], environments: [{ name: "production", released: SECOND }] },
      { sha: SECOND, tag: "v1.2" },
    ],
    [
      "by such a tag is none before anything was released there",
      { tag: "v1.2" },
      { deploys: [deploy(FIRST)], environments: [{ name: "staging", released: SECOND }] },
      undefined,
    ],
  ])("%s", (_, by, status, wanted) => expect(of(by, status)).toEqual(wanted));
});
