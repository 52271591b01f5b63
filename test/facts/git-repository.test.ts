import { describe, expect, test } from "vitest";
import { gitRepositoryOf } from "../../src/facts/git-repository.ts";
import { commitOf } from "../../src/facts/revision.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { condition } from "../builders/objects.ts";
import { ofKind, recorded } from "../builders/recorded.ts";

const HEAD = "119b8df60f1f4d9a5b2904e1197c2003423d361b";
const read = (name: string) => ofKind(recorded(name), "GitRepository").map(gitRepositoryOf);
const source = (spec: object, ...conditions: object[]): KubeObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name: "rrr", namespace: "rrr", generation: 1 },
  spec,
  status: { conditions },
});

describe("a source", () => {
  test("as a real Flux had it fetched has the commit in store, and no failure", () => {
    expect(read("launch-ready")).toMatchObject([{ name: "app", artifact: HEAD, failure: undefined, suspended: false }]);
  });

  test("as a real Flux had it cut off has failed, and keeps what it had", () => {
    expect(read("source-cut").map(({ name, artifact, failure }) => [name, artifact, failure?.reason])).toEqual([
      ["fresh", undefined, "GitOperationFailed"],
      ["app", HEAD, "GitOperationFailed"],
    ]);
  });

  test("as a real Flux could not fetch it, whatever the reason, has failed", () => {
    expect(read("sources-failing").map(({ name, failure }) => [name, failure?.reason])).toEqual([
      ["auth", "GitOperationFailed"],
      ["authok", undefined],
      ["branch", "GitOperationFailed"],
      ["dns", "GitOperationFailed"],
      ["forbidden", "GitOperationFailed"],
      ["nosecret", "AuthenticationFailed"],
      ["notfound", "GitOperationFailed"],
      ["refused", "GitOperationFailed"],
    ]);
  });

  const failed = condition("FetchFailed", "True", "GitOperationFailed", "i/o timeout");
  test.each<[string, object[], string | undefined]>([
    ["failed", [condition("Ready", "False", "GitOperationFailed")], "GitOperationFailed"],
    ["tries again after a failure", [condition("Ready", "Unknown", "Progressing"), failed], "GitOperationFailed"],
    ["tries for the first time", [condition("Ready", "Unknown", "Progressing")], undefined],
    [
      "whose failure was withdrawn",
      [condition("Ready", "Unknown", "Progressing"), condition("FetchFailed", "False", "Succeeded")],
      undefined,
    ],
    [
      "that failed otherwise since tells the newer failure",
      [condition("Ready", "False", "StorageOperationFailed"), failed],
      "StorageOperationFailed",
    ],
    ["that nobody has looked at", [], undefined],
  ])("that %s", (_, conditions, reason) =>
    expect(gitRepositoryOf(source({}, ...conditions)).failure?.reason).toBe(reason),
  );

  test("follows a branch, or is held at a commit", () => {
    const url = "https://github.com/acme/rrr.git";
    expect(gitRepositoryOf(source({ url, ref: { branch: "main" }, suspend: true }))).toMatchObject({
      url,
      branch: "main",
      commit: undefined,
      suspended: true,
    });
    expect(gitRepositoryOf(source({ ref: { branch: "main", commit: HEAD } }))).toMatchObject({ commit: HEAD });
  });
});

describe("a revision", () => {
  test.each([
    ["of a branch", `main@sha1:${HEAD}`, HEAD],
    ["of a branch with a slash", `feature/x@sha1:${HEAD}`, HEAD],
    ["of a commit alone", `sha1:${HEAD}`, HEAD],
    ["of SHA-256", `main@sha256:${"ab".repeat(32)}`, "ab".repeat(32)],
    ["as Flux wrote it before 2.0", `main/${HEAD}`, HEAD],
    ["that names no commit", "main", undefined],
    ["that is cut short", `main@sha1:${HEAD.slice(1)}`, undefined],
    ["that is none", undefined, undefined],
  ])("%s", (_, revision, commit) => expect(commitOf(revision)).toBe(commit));
});
