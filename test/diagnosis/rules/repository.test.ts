import { describe, expect, test } from "vitest";
import { pinCommitMissing } from "../../../src/diagnosis/rules/pin-commit-missing.ts";
import { repoArchived } from "../../../src/diagnosis/rules/repo-archived.ts";
import { repoGone } from "../../../src/diagnosis/rules/repo-gone.ts";
import { webhookMissing } from "../../../src/diagnosis/rules/webhook-missing.ts";
import { webhookSecretWrong } from "../../../src/diagnosis/rules/webhook-secret-wrong.ts";
import { webhookUndelivered } from "../../../src/diagnosis/rules/webhook-undelivered.ts";
import { webhookOf } from "../../../src/facts/webhook.ts";
import type { Delivery, Whereabouts } from "../../../src/project/ports/github.ts";
import type { Phase } from "../../../src/project/project.ts";
import { known, type Read, unknown } from "../../../src/project/read.ts";
import { commit } from "../../builders/facts.ts";
import { codes, type Given, judged } from "../../builders/judged.ts";
import { NOW } from "../../builders/project.ts";
import { SHA } from "../../builders/run.ts";
import { said } from "../../builders/said.ts";

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
    const told = (value: Whereabouts) => {
      const { title, cause, fix } = said(found(value)[0]);
      return [title, cause, fix].join(" ");
    };
    expect(told({ state: "moved", repository: shop })).toMatch(/is acme\/shop now\. Rename it back to acme\/rrr/);
    expect(told({ state: "gone" })).toMatch(/was deleted, or Slipway lost access to it/);
    expect(told({ state: "gone", other })).toMatch(/Another repository is called acme\/rrr now/);
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

  describe("of a tag whose commit nobody here remembers", () => {
    const tag = "b".repeat(12);
    const seen = (look: Read<undefined>) => ({ here: { environment: { tag } }, seen: { pinned: { [tag]: look } } });

    test("is unknown while GitHub does not say which one that is", () =>
      expect(found(seen(unknown("502"))).unknown).toEqual([
        { code: "pin-commit-missing", environment: "production", reason: "502" },
      ]));
    test("is none where GitHub has none: the image alone is given", () =>
      expect(codes(seen(known(undefined)))).toEqual([]));
  });

  test("is one for each environment, and says where and what", () => {
    const here = ["production", "staging"].map((name) => ({ environment: { ...to, name } }));
    const { findings } = found({ here, seen: gone });
    expect(new Set(findings.map(({ subject }) => subject)).size).toBe(2);
    expect(findings[0]).toMatchObject({ environment: "production", evidence: `GitHub: no commit ${SHA} in acme/rrr` });
    expect(said(findings[1]).title).toBe("staging is pinned to a commit that does not exist");
    expect(said(findings[1]).fix).toContain("the Project rrr");
  });
});

describe("GitHub's webhook", () => {
  const of = (last: Delivery | "none" | "gone") => ({
    seen: { webhook: known(webhookOf(last)) },
    status: { repository: { id: 1, url: "", cloneUrl: "", defaultBranch: "main", hookId: 7 } },
    rules: [webhookMissing, webhookSecretWrong, webhookUndelivered],
  });
  const sent = (status: number, event = "push") => of({ event, status, at: NOW });

  test.each<[string, Given, string[]]>([
    ["none is recorded, as without a public URL", { seen: { webhook: known(undefined) } }, []],
    ["sent nothing lately", of("none"), []],
    ["was answered", sent(202), []],
    ["was answered, with less ado", sent(200), []],
    ["is gone", of("gone"), ["warn webhook-missing"]],
    ["was refused, as its signature is another's", sent(401), ["warn webhook-secret-wrong"]],
    ["was not let in", sent(403), ["warn webhook-undelivered"]],
    ["was not found", sent(404), ["warn webhook-undelivered"]],
    ["met a bot that is down", sent(502), ["warn webhook-undelivered"]],
    ["met nobody", sent(0), ["warn webhook-undelivered"]],
  ])("%s", (_, given, found) => {
    expect(codes(given)).toEqual(found);
  });

  test("stops no stage, and is told alike whatever was sent last", () => {
    const [found, again] = [sent(502), sent(502, "workflow_run")].flatMap((given) => judged(given).findings);
    expect(found).toEqual(again);
    expect(found).toMatchObject({
      subject: "Webhook/acme/rrr",
      evidence: "webhook 7 of acme/rrr: its last delivery was answered 502",
    });
    expect(found).not.toHaveProperty("stage");
  });
});
