import { describe, expect, test } from "vitest";
import { pinCommitMissing } from "../../../src/diagnosis/rules/pin-commit-missing.ts";
import { repoArchived } from "../../../src/diagnosis/rules/repo-archived.ts";
import { repoGone } from "../../../src/diagnosis/rules/repo-gone.ts";
import type { Whereabouts } from "../../../src/project/ports/github.ts";
import type { Phase } from "../../../src/project/project.ts";
import { known, unknown } from "../../../src/project/read.ts";
import { en } from "../../../src/words/en/index.ts";
import { commit } from "../../builders/facts.ts";
import { type Given, judged } from "../../builders/judged.ts";
import { NOW } from "../../builders/project.ts";
import { SHA } from "../../builders/run.ts";

describe("repo-gone and repo-archived", () => {
  const here = {
    ...{ owner: "acme", name: "rrr", id: 7, url: "https://github.com/acme/rrr", cloneUrl: "", defaultBranch: "main" },
    ...{ visibility: "private" as const, description: "", topics: [], createdAt: NOW, archived: false },
  };
  const shop = { ...here, name: "shop", url: "https://github.com/acme/shop" };
  const other = { ...here, id: 8 };
  const found = (value: Whereabouts | undefined, phase: Phase = "Live") =>
    judged({ rules: [repoGone, repoArchived], seen: { repository: known(value) }, status: { phase } }).findings;

  test.each<[string, Whereabouts | undefined, string[], object]>([
    ["before any is recorded", undefined, [], {}],
    ["where it was", { state: "here", repository: here }, [], {}],
    ["archived", { state: "archived", repository: here }, ["repo-archived"], { repository: "acme/rrr" }],
    ["under another name", { state: "moved", repository: shop }, ["repo-gone"], { now: "acme/shop", other: "" }],
    [
      "under another name, its own taken",
      { state: "moved", repository: shop, other },
      ["repo-gone"],
      { now: "acme/shop", other: here.url },
    ],
    ["nowhere", { state: "gone" }, ["repo-gone"], { repository: "acme/rrr", other: "" }],
    ["nowhere, its name taken", { state: "gone", other }, ["repo-gone"], { other: here.url }],
  ])("%s", (_, value, codes, params) => {
    const findings = found(value);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual(codes.map((code) => [code, "warn"]));
    for (const finding of findings) expect(finding).toMatchObject({ subject: "Repository/acme/rrr", params });
  });

  test.each<[Phase, string[]]>([
    ["Launching", []],
    ["Failed", []],
    ["Live", ["repo-gone"]],
    ["Kept", ["repo-gone"]],
    ["Cancelled", ["repo-gone"]],
  ])("of a project that is %s, whose step may say it itself", (phase, codes) => {
    expect(found({ state: "gone" }, phase).map(({ code }) => code)).toEqual(codes);
  });

  test.each<[Phase, string | undefined, string[]]>([
    ["Launching", undefined, []],
    ["Failed", undefined, []],
    ["Launching", SHA, ["repo-archived"]],
    ["Live", SHA, ["repo-archived"]],
    ["Kept", undefined, ["repo-archived"]],
  ])("archived, of a project that is %s with the first commit %s", (phase, sha, codes) => {
    const { findings } = judged({
      seen: { repository: known({ state: "archived", repository: here }) },
      status: { phase, launch: { startedAt: NOW.toISOString(), ...(sha === undefined ? {} : { sha }) } },
    });
    expect(findings.map(({ code }) => code)).toEqual(codes);
  });

  test("are told once, however many environments there are", () => {
    const { findings } = judged({
      seen: { repository: known({ state: "gone" }) },
      here: [{}, { environment: { name: "staging" } }],
      status: { phase: "Live" },
    });
    expect(findings.map(({ code }) => code)).toEqual(["repo-gone"]);
  });

  test("say which of them it is", () => {
    const said = (value: Whereabouts) => {
      const [finding] = found(value);
      const words = en.findings[finding?.code ?? ""];
      return [words?.title, words?.cause, words?.fix].map((sentence) => sentence?.(finding?.params ?? {})).join(" ");
    };
    expect(said({ state: "moved", repository: shop })).toMatch(/is acme\/shop now\. Give it back the name acme\/rrr/);
    expect(said({ state: "gone" })).toMatch(/was deleted, or Slipway may not read it any more/);
    expect(said({ state: "gone", other })).toMatch(/Another repository has the name acme\/rrr now/);
  });
});

describe("pin-commit-missing", () => {
  const to = { follow: "pinned" as const, commit: SHA };
  const gone = { pinned: { [SHA]: known(undefined) } };
  const found = (given: Given) => judged({ ...given, rules: [pinCommitMissing] });
  const codes = (given: Given) => found(given).findings.map(({ severity, code, stage }) => [severity, code, stage]);
  const FOUND = ["fail", "pin-commit-missing", "rollout"];

  test.each<[string, Given, (typeof FOUND)[]]>([
    ["GitHub says that there is no such commit", { here: { environment: to }, seen: gone }, [FOUND]],
    ["the commit is there", { here: { environment: to }, seen: { pinned: { [SHA]: known(commit()) } } }, []],
    ["GitHub could not be asked", { here: { environment: to }, seen: { pinned: { [SHA]: unknown("502") } } }, []],
    ["GitHub was not asked, for the commit was given out", { here: { environment: to } }, []],
    ["the environment follows the branch", { here: { environment: { commit: SHA } }, seen: gone }, []],
    ["another commit is missing", { here: { environment: { ...to, commit: "b".repeat(40) } }, seen: gone }, []],
  ])("where %s", (_, given, wanted) => expect(codes(given)).toEqual(wanted));

  test("is unknown, with the reason, where GitHub could not be asked", () => {
    expect(found({ here: { environment: to }, seen: { pinned: { [SHA]: unknown("502") } } }).unknown).toEqual([
      { code: "pin-commit-missing", environment: "production", reason: "502" },
    ]);
  });

  test("is one for each environment, and says where and what", () => {
    const here = ["production", "staging"].map((name) => ({ environment: { ...to, name } }));
    const { findings } = found({ here, seen: gone });
    expect(new Set(findings.map(({ subject }) => subject)).size).toBe(2);
    expect(findings[0]).toMatchObject({ environment: "production", evidence: `GitHub: no commit ${SHA} in acme/rrr` });
    const words = en.findings["pin-commit-missing"];
    expect(words?.title(findings[1]?.params ?? {})).toBe("staging is pinned to a commit that does not exist");
    expect(words?.fix(findings[1]?.params ?? {})).toContain("the Project rrr");
  });
});
