import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { Rule } from "../../src/diagnosis/rule.ts";
import { fluxSourceTimeout } from "../../src/diagnosis/rules/flux-source-timeout.ts";
import { rules } from "../../src/diagnosis/rules/index.ts";
import { portBlocked } from "../../src/diagnosis/rules/port-blocked.ts";
import { repoArchived } from "../../src/diagnosis/rules/repo-archived.ts";
import { repoGone } from "../../src/diagnosis/rules/repo-gone.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { Whereabouts } from "../../src/project/ports/github.ts";
import type { ProbeResult } from "../../src/project/ports/probes.ts";
import { known, unknown } from "../../src/project/read.ts";
import type { EnvironmentSnapshot } from "../../src/project/snapshot.ts";
import { en } from "../../src/words/en/index.ts";
import { answered, condition, look } from "../builders/objects.ts";
import { NOW, project } from "../builders/project.ts";
import { environment, snapshot } from "../builders/snapshot.ts";

const judge = (rule: Rule, ...here: Partial<EnvironmentSnapshot>[]) =>
  diagnose([rule], project(), snapshot({ environments: here.map(environment) }));

describe("the rules", () => {
  test("are all of the directory's files, each named after its code, with words of its own", async () => {
    const files = readdirSync(new URL("../../src/diagnosis/rules", import.meta.url)).filter(
      (file) => file !== "index.ts",
    );
    expect(rules.map(({ code }) => `${code}.ts`).sort()).toEqual(files.sort());
    for (const { code, remedies } of rules) {
      expect(en.findings).toHaveProperty([code]);
      for (const remedy of remedies) expect(en.remedies).toHaveProperty([remedy]);
    }
  });

  test("whose need could not be read are unknown, with the reason, and find nothing", () => {
    for (const rule of rules)
      for (const need of rule.needs.filter((each) => each !== "probes")) {
        const unread = { [need]: unknown("forbidden") };
        const seen = rule.scope === "project" ? snapshot(unread) : snapshot({ environments: [environment(unread)] });
        expect(diagnose([rule], project(), seen)).toEqual({
          findings: [],
          unknown: [{ code: rule.code, reason: "forbidden" }],
        });
      }
  });

  test("find nothing in a project that has only begun", () => {
    expect(diagnose(rules, project(), snapshot()).findings).toEqual([]);
  });
});

describe("repo-gone and repo-archived", () => {
  const here = {
    ...{ owner: "acme", name: "rrr", id: 7, url: "https://github.com/acme/rrr", cloneUrl: "", defaultBranch: "main" },
    ...{ visibility: "private" as const, description: "", topics: [], createdAt: NOW, archived: false },
  };
  const shop = { ...here, name: "shop", url: "https://github.com/acme/shop" };
  const other = { ...here, id: 8 };
  const found = (value: Whereabouts | undefined) =>
    diagnose([repoGone, repoArchived], project(), snapshot({ repository: known(value) })).findings;

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

  test("are told once, however many environments there are", () => {
    const environments = [environment(), environment()];
    const seen = snapshot({ repository: known({ state: "gone" }), environments });
    expect(diagnose(rules, project(), seen).findings).toHaveLength(1);
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

describe("flux-source-timeout", () => {
  function recorded(file: string): KubeObject[] {
    const url = new URL(`../fixtures/cluster/${file}.json`, import.meta.url);
    const { objects } = JSON.parse(readFileSync(url, "utf8")) as { objects: KubeObject[] }; // recorded by scripts of this repository
    return objects.filter(({ kind }) => kind === "GitRepository");
  }
  const found = (source: KubeObject) => judge(fluxSourceTimeout, { source: known(source) }).findings;

  test("is what a real Flux says when its way to git is cut, with and without an artifact, failed and trying again", () => {
    const sources = recorded("source-cut");
    expect(
      sources.map((source) => [source.metadata.name, found(source).map(({ code, severity }) => `${severity} ${code}`)]),
    ).toEqual([
      ["fresh", ["warn flux-source-timeout"]],
      ["app", ["warn flux-source-timeout"]],
    ]);
    const [finding] = sources.filter(({ metadata }) => metadata.name === "app").flatMap(found);
    expect(finding).toMatchObject({ subject: "GitRepository/record-ok/app", since: new Date("2026-11-24T22:36:44Z") });
    expect(finding?.evidence).toContain("context deadline exceeded");
  });

  test("is over once a real Flux has fetched again", () => {
    for (const file of ["launch-ready", "build-failed", "path-missing"])
      for (const source of recorded(file)) expect(found(source)).toEqual([]);
  });

  test("is not what a real Flux says of a wrong password, a missing branch, a refused port or an unknown host", () => {
    const others = [...recorded("sources-failing"), ...recorded("source-missing")];
    expect(others.length).toBeGreaterThan(6);
    for (const source of others) expect([source.metadata.name, found(source)]).toEqual([source.metadata.name, []]);
  });

  const timedOut =
    "failed to checkout and determine revision: unable to list remote for 'https://github.com/acme/rrr': Get \"https://github.com/acme/rrr/info/refs?service=git-upload-pack\": dial tcp 20.205.243.166:443: i/o timeout";
  const source = (...conditions: object[]): KubeObject => ({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "rrr", namespace: "rrr" },
    spec: { url: "https://github.com/acme/rrr" },
    status: { conditions },
  });

  test("names the address that did not answer", () => {
    const [finding] = found(source(condition("Ready", "False", "GitOperationFailed", timedOut)));
    expect(finding?.params).toMatchObject({ url: "https://github.com/acme/rrr", address: "20.205.243.166:443" });
  });

  test.each([
    [
      "while it tries again",
      [condition("Ready", "Unknown", "Progressing"), condition("FetchFailed", "True", "GitOperationFailed", timedOut)],
      1,
    ],
    [
      "when an old failure is withdrawn",
      [condition("Ready", "Unknown", "Progressing"), condition("FetchFailed", "False", "Succeeded", timedOut)],
      0,
    ],
    [
      "when another thing failed since",
      [
        condition("Ready", "False", "StorageOperationFailed", "no space left"),
        condition("FetchFailed", "True", "x", timedOut),
      ],
      0,
    ],
    ["before Flux has looked", [], 0],
  ])("%s", (_, conditions, count) => expect(found(source(...conditions))).toHaveLength(count));

  test("counts by the cluster's events where they can be read", () => {
    const event = (reason: string, count: number): KubeObject => ({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: reason },
      type: "Warning",
      reason,
      count,
    });
    const here = { source: known(source(condition("Ready", "False", "GitOperationFailed", timedOut))) };
    const countOf = (given: Partial<EnvironmentSnapshot>) =>
      judge(fluxSourceTimeout, { ...here, ...given }).findings[0]?.count;
    expect(countOf({ sourceEvents: known([event("GitOperationFailed", 14), event("Other", 99)]) })).toBe(14);
    expect(countOf({ sourceEvents: known([]) })).toBeUndefined();
    expect(countOf({ sourceEvents: unknown("403") })).toBeUndefined();
  });

  test("holds for each environment by itself", () => {
    const bad = { source: known(source(condition("Ready", "False", "GitOperationFailed", timedOut))) };
    const { findings, unknown: blind } = judge(fluxSourceTimeout, bad, { source: unknown("403") });
    expect([findings.length, blind.length]).toEqual([1, 1]);
  });
});

describe("port-blocked", () => {
  type Outcome = ProbeResult["outcome"];
  const ok = answered();
  const timeout: Outcome = { state: "tcp-timeout" };
  const refused: Outcome = { state: "tcp-refused" };
  const mute: Outcome = { state: "unknown", detail: "no answer" };
  const probes = (inside: Outcome | undefined, ...outside: Outcome[]) => [
    ...(inside ? [look("inside", inside)] : []),
    ...outside.map((each, index) => look(`vantage-${index}`, each)),
  ];

  test.each<[string, ProbeResult[], "found" | "not" | "unknown"]>([
    ["inside answers, outside times out", probes(ok, timeout), "found"],
    ["inside answers with a 503, outside times out", probes(answered(503), timeout), "found"],
    ["inside answers no HTTP, outside times out", probes({ state: "http-failed", detail: "x" }, timeout), "found"],
    [
      "inside has a wrong certificate, outside times out",
      probes({ state: "tls-failed", detail: "x" }, timeout),
      "found",
    ],
    ["one vantage times out, another is mute", probes(ok, timeout, mute), "found"],
    ["one vantage times out, another gets through", probes(ok, timeout, ok), "not"],
    ["one vantage times out, another is refused", probes(ok, timeout, refused), "not"],
    ["outside answers", probes(ok, ok), "not"],
    ["outside is refused", probes(ok, refused), "not"],
    ["outside finds no address", probes(ok, { state: "dns-failed", detail: "NXDOMAIN" }), "not"],
    ["nobody is outside", probes(ok), "not"],
    ["inside is refused: nothing listens", probes(refused, timeout), "not"],
    ["inside times out too", probes(timeout, timeout), "not"],
    ["inside nobody could look", probes(mute, timeout), "not"],
    ["nobody is inside", probes(undefined, timeout), "not"],
    ["every vantage is mute", probes(ok, mute, mute), "unknown"],
    ["there was nothing to look at", [], "unknown"],
  ])("%s", (_, given, wanted) => {
    const { findings, unknown: blind } = judge(portBlocked, { probes: given });
    expect(findings.length === 1 ? "found" : blind.length === 1 ? "unknown" : "not").toBe(wanted);
  });

  test("names port, address, vantage and cloud", () => {
    const [finding] = judge(portBlocked, {
      cloud: "tencent",
      probes: [look("inside", ok, 31611), look("berlin", timeout, 31611)],
    }).findings;
    expect(finding).toMatchObject({
      severity: "fail",
      subject: "environment/production/port/31611",
      seenFrom: "outside:berlin",
      params: { port: 31611, vantage: "berlin", cloud: "tencent", host: "rrr.example.com" },
    });
  });
});
