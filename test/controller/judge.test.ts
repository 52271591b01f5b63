import { describe, expect, test } from "vitest";
import type { Acted } from "../../src/controller/act.ts";
import { act } from "../../src/controller/act.ts";
import { buildsOf } from "../../src/controller/builds-of.ts";
import { conditionsOf } from "../../src/controller/conditions-of.ts";
import { createConfirmation } from "../../src/controller/create-confirmation.ts";
import { createUnderway } from "../../src/controller/create-underway.ts";
import { expectedOf } from "../../src/controller/expected-of.ts";
import { ledgerOf } from "../../src/controller/ledger-of.ts";
import { lookAgainAt } from "../../src/controller/look-again-at.ts";
import { mergeFindings } from "../../src/controller/merge-findings.ts";
import { stagesOf } from "../../src/controller/stages-of.ts";
import { withRefusals } from "../../src/controller/with-refusals.ts";
import { writeStatus } from "../../src/controller/write-status.ts";
import type { Finding } from "../../src/project/finding.ts";
import type { Outcome } from "../../src/project/outcome.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { Problem } from "../../src/project/problem.ts";
import { type ProjectStatus, projectResource, type StageStatus } from "../../src/project/project.ts";
import { known, unknown } from "../../src/project/read.ts";
import { STAGES, type Stage } from "../../src/project/stage.ts";
import type { ProjectStep, Step, StepContext } from "../../src/steps/step.ts";
import { en } from "../../src/words/en/index.ts";
import { buildsOfRuns, environment, facts } from "../builders/facts.ts";
import { at, NOW, project } from "../builders/project.ts";
import { job, run } from "../builders/run.ts";
import { said } from "../builders/said.ts";
import { settings } from "../builders/settings.ts";
import { createWorld } from "../builders/world/create-world.ts";

const finding = (given: Partial<Finding> = {}): Finding => ({
  code: "flux-source-timeout",
  severity: "warn",
  subject: "GitRepository/rrr/rrr",
  evidence: "i/o timeout",
  seenFrom: "cluster",
  params: {},
  remedies: [],
  ...given,
});

describe("findings", () => {
  const seen = { findings: [finding()], unknown: [] };
  const none = { findings: [], unknown: [] };

  test("are kept without the secrets that somebody put into their proof", () => {
    const evidence = `Secret "app" is invalid: data[key]: Invalid value: "ghp_${"x".repeat(36)}"`;
    const [kept] = mergeFindings([], { findings: [finding({ evidence })], unknown: [] }, NOW);
    expect(kept?.evidence).toBe('Secret "app" is invalid: data[key]: Invalid value: "***"');
  });

  test("begin when first seen, and are counted as often as they are seen anew", () => {
    const first = mergeFindings([], seen, NOW);
    expect(first).toMatchObject([{ count: 1, since: NOW.toISOString(), lastSeen: NOW.toISOString() }]);
    const soon = mergeFindings(first, seen, at(5));
    expect(soon).toEqual(first);
    const later = mergeFindings(soon, seen, at(31));
    expect(later).toMatchObject([{ count: 2, since: NOW.toISOString(), lastSeen: at(31).toISOString() }]);
  });

  test("are counted and dated by their evidence where it tells, and never downwards", () => {
    const told = (count: number) => ({ findings: [finding({ count, since: at(-600) })], unknown: [] });
    const first = mergeFindings([], told(14), NOW);
    expect(first).toMatchObject([{ count: 14, since: at(-600).toISOString() }]);
    expect(mergeFindings(first, told(2), at(60))).toMatchObject([{ count: 14 }]);
    expect(mergeFindings(first, told(15), at(60))).toMatchObject([{ count: 15 }]);
  });

  test("are over when they are seen no more, and remembered so", () => {
    const first = mergeFindings([], seen, NOW);
    const over = mergeFindings(first, none, at(60));
    expect(over).toMatchObject([{ recoveredAt: at(60).toISOString(), since: NOW.toISOString() }]);
    expect(mergeFindings(over, none, at(120))).toEqual(over);
  });

  test("begin anew when they come back", () => {
    const over = mergeFindings(mergeFindings([], seen, NOW), none, at(60));
    const back = mergeFindings(over, seen, at(120));
    expect(back).toHaveLength(1);
    expect(back[0]).toMatchObject({ since: at(120).toISOString(), count: 1 });
    expect(back[0]?.recoveredAt).toBeUndefined();
  });

  test("stay as they were while their rule cannot look", () => {
    const first = mergeFindings([], seen, NOW);
    const blind = { findings: [], unknown: [{ code: "flux-source-timeout", reason: "forbidden" }] };
    expect(mergeFindings(first, blind, at(600))).toEqual(first);
  });

  test("stay as they were in the environment where their rule cannot look, and end in the others", () => {
    const both = {
      findings: [
        finding({ environment: "production" }),
        finding({ environment: "staging", subject: "GitRepository/rrr-staging/rrr" }),
      ],
      unknown: [],
    };
    const blind = {
      findings: [],
      unknown: [{ code: "flux-source-timeout", environment: "production", reason: "forbidden" }],
    };
    const merged = mergeFindings(mergeFindings([], both, NOW), blind, at(60));
    expect(merged.map(({ environment, recoveredAt }) => [environment, recoveredAt !== undefined]).sort()).toEqual([
      ["production", false],
      ["staging", true],
    ]);
  });

  test("of two subjects are two", () => {
    const both = { findings: [finding(), finding({ subject: "GitRepository/rrr-staging/rrr" })], unknown: [] };
    const one = mergeFindings(mergeFindings([], both, NOW), seen, at(60));
    expect(one.map(({ subject, recoveredAt }) => [subject, recoveredAt !== undefined])).toEqual([
      ["GitRepository/rrr-staging/rrr", true],
      ["GitRepository/rrr/rrr", false],
    ]);
  });

  test("that are over are not kept for ever", () => {
    let status = mergeFindings([], none, NOW);
    for (let index = 0; index < 30; index += 1) {
      const each = { findings: [finding({ subject: `s${index}` })], unknown: [] };
      status = mergeFindings(mergeFindings(status, each, at(index)), none, at(index));
    }
    expect(status).toHaveLength(20);
    expect(status.at(-1)?.subject).toBe("s29");
  });
});

const step = (
  name: string,
  stage: Stage,
  ensure: ProjectStep["ensure"] = async () => ({ state: "done" }),
  after: string[] = [],
): ProjectStep => ({
  name,
  scope: "project",
  stage,
  after: after,
  ensure,
});
const acted = (...outcomes: [Stage, Outcome][]): Acted => ({
  outcomes: outcomes.map(([stage, outcome]) => ({ step: step(stage, stage), outcome })),
  made: [],
  removed: [],
  project: project(),
});

/** Rows of one environment, of stages that have so many steps each. */
const rows = (
  given: { acted: Pick<Acted, "outcomes">; steps?: number; findings?: Finding[] },
  before: StageStatus[] = [],
  when = NOW,
): StageStatus[] => {
  const steps = STAGES.flatMap((stage) =>
    Array.from({ length: given.steps ?? 1 }, (_, index) => step(`${stage}-${index}`, stage)),
  );
  return stagesOf(
    { acted: given.acted, steps, environments: ["production"], findings: given.findings ?? [] },
    before,
    when,
  );
};

describe("a stage", () => {
  const rowOf = (outcomes: [Stage, Outcome][], steps: number, stage: Stage, findings: Finding[] = []) =>
    rows({ acted: acted(...outcomes), steps, findings }).find((each) => each.stage === stage);
  const waiting: Outcome = { state: "waiting", reason: "BuildQueued", params: { number: 1 } };
  const refused: Outcome = {
    state: "refused",
    problem: new Problem("actions-disabled", { destiny: { kind: "person" }, evidence: "409" }),
  };

  test.each<[string, [Stage, Outcome][], number, Stage, string, string]>([
    ["no step reached", [], 2, "build", "pending", "Pending"],
    [
      "one of two done, the other not reached",
      [["cluster", { state: "done" }]],
      2,
      "cluster",
      "waiting",
      "ClusterPreparing",
    ],
    [
      "the same of the rollout, which waits for the image",
      [["rollout", { state: "done" }]],
      2,
      "rollout",
      "pending",
      "RolloutWaitsForImage",
    ],
    ["one waits", [["build", waiting]], 1, "build", "waiting", "BuildQueued"],
    [
      "one waits, one refused",
      [
        ["build", waiting],
        ["build", refused],
      ],
      2,
      "build",
      "failed",
      "Stalled",
    ],
    [
      "all done, the last with a reason",
      [
        ["build", { state: "done" }],
        ["build", { state: "done", reason: "ImageReady", params: { image: "ghcr.io/acme/rrr", tag: "3f2a91c0aa11" } }],
      ],
      2,
      "build",
      "done",
      "ImageReady",
    ],
    [
      "skipped",
      [["certificate", { state: "skipped", reason: "CertificateUnused" }]],
      1,
      "certificate",
      "skipped",
      "CertificateUnused",
    ],
    [
      "one skipped, one done",
      [
        ["cluster", { state: "skipped", reason: "CertificateUnused" }],
        ["cluster", { state: "done", reason: "ClusterReady" }],
      ],
      2,
      "cluster",
      "done",
      "ClusterReady",
    ],
  ])("with %s", (_, outcomes, steps, stage, state, reason) => {
    expect(rowOf(outcomes, steps, stage)).toMatchObject({ state, reason });
  });

  test("keeps its times: begun once, ended when done, and open again when it is no more", () => {
    const begun = rows({ acted: acted(["build", waiting]) });
    const done = rows({ acted: acted(["build", { state: "done" }]) }, begun, at(60));
    const still = rows({ acted: acted(["build", { state: "done" }]) }, done, at(90));
    const again = rows({ acted: acted(["build", waiting]) }, still, at(120));
    const row = (stages: typeof begun) => stages.find(({ stage }) => stage === "build");
    expect(row(still)).toMatchObject({ startedAt: NOW.toISOString(), finishedAt: at(60).toISOString() });
    expect(row(again)?.finishedAt).toBeUndefined();
  });

  describe("that a finding names", () => {
    const broken = finding({
      code: "build-failed",
      severity: "fail",
      stage: "build",
      params: { number: 7, url: "https://github.com/acme/rrr/actions/runs/7", sha: "a".repeat(40) },
    });

    test("fails while it waits, and what the finding says it says", () => {
      expect(rowOf([["build", waiting]], 1, "build", [broken])).toMatchObject({
        state: "failed",
        reason: "Stalled",
        params: { code: "build-failed", number: 7 },
      });
    });

    test("fails also where its step has come to its end: the rule has looked further", () => {
      expect(rowOf([["build", { state: "done" }]], 1, "build", [broken])?.state).toBe("failed");
    });

    test("is not stopped before its last step is reached: what runs is still the version before", () => {
      expect(rowOf([["build", waiting]], 2, "build", [broken])?.state).toBe("waiting");
    });

    test("is not stopped while what is seen is being replaced", () => {
      expect(rowOf([["build", { ...waiting, replacing: true }]], 1, "build", [broken])?.state).toBe("waiting");
    });
  });

  test("of an environment fails by that environment's finding alone, and each has its row", () => {
    const rollout: Step = {
      ...step("rollout", "rollout"),
      scope: "environment",
      ensure: async () => ({ state: "done" }),
    };
    const outcomes = ["production", "staging"].map((environment) => ({
      step: rollout,
      environment,
      outcome: {
        state: "waiting" as const,
        reason: "RolloutProgressing" as const,
        params: { ready: 0, wanted: 1, tag: "" },
      },
    }));
    const crash = finding({ code: "pod-crashloop", severity: "fail", stage: "rollout", environment: "staging" });
    const told = stagesOf(
      { acted: { outcomes }, steps: [rollout], environments: ["production", "staging"], findings: [crash] },
      [],
      NOW,
    ).filter(({ stage }) => stage === "rollout");
    expect(told.map(({ environment, state }) => [environment, state])).toEqual([
      ["production", "waiting"],
      ["staging", "failed"],
    ]);
  });

  test("that failed says what of what in its condition", () => {
    const broken = finding({
      code: "build-failed",
      severity: "fail",
      stage: "build",
      params: { number: 7, url: "https://github.com/acme/rrr/actions/runs/7", sha: "a".repeat(40) },
    });
    const stages = rows({ acted: acted(["build", waiting]), findings: [broken] });
    const failure = { ...broken, since: "", lastSeen: "", count: 1 };
    const status = { ...project().status, phase: "Failed" as const, stages, failure };
    const conditions = conditionsOf(project(), status, en, NOW);
    expect(conditions.find(({ type }) => type === "BuildReady")).toMatchObject({
      status: "False",
      reason: "Stalled",
      message: "Build #7 failed",
    });
    expect(conditions.map(({ message }) => message).join()).not.toContain("undefined");
  });
});

describe("all of it as one condition", () => {
  const told = (status: Partial<ProjectStatus>) =>
    Object.fromEntries(
      conditionsOf(project(), { ...project().status, ...status }, en, NOW).map(({ type, status: is, reason }) => [
        type,
        `${is} ${reason}`,
      ]),
    );
  const broken = { since: "", lastSeen: "", count: 1 };
  const blocked = { ...finding({ code: "port-blocked", severity: "fail" }), ...broken };

  test.each<[string, Partial<ProjectStatus>, Record<string, string>]>([
    ["while it launches", {}, { Ready: "Unknown Launching", Reconciling: "True Launching" }],
    ["once it is live", { phase: "Live" }, { Ready: "True Live" }],
    [
      "while something of it is broken",
      { phase: "Live", findings: [blocked] },
      { Ready: "False PortBlocked", Stalled: "True PortBlocked" },
    ],
    ["while a warning lasts", { phase: "Live", findings: [{ ...finding(), ...broken }] }, { Ready: "True Live" }],
    [
      "when that is over",
      { phase: "Live", findings: [{ ...blocked, recoveredAt: NOW.toISOString() }] },
      { Ready: "True Live" },
    ],
    [
      "where its launch failed",
      { phase: "Failed", failure: blocked },
      { Ready: "False PortBlocked", Stalled: "True PortBlocked" },
    ],
  ])("%s", (_, status, wanted) => expect(told(status)).toEqual(wanted));
});

describe("being made sure of", () => {
  const seen = (confirm?: { looks?: number; milliseconds?: number }) => [
    { ...finding(), ...(confirm ? { confirm } : {}) },
  ];
  const codes = ({ findings }: { findings: Finding[] }) => findings.map(({ code }) => code);

  test("takes one look where a rule asks for no more", () => {
    expect(codes(createConfirmation().confirm("rrr", seen(), [], NOW))).toEqual(["flux-source-timeout"]);
  });

  test("takes so many looks in a row", () => {
    const { confirm } = createConfirmation();
    const first = confirm("rrr", seen({ looks: 2 }), [], NOW);
    expect([codes(first), first.again]).toEqual([[], at(2)]);
    confirm("rrr", [], [], at(2));
    expect(codes(confirm("rrr", seen({ looks: 2 }), [], at(4)))).toEqual([]);
    expect(codes(confirm("rrr", seen({ looks: 2 }), [], at(6)))).toEqual(["flux-source-timeout"]);
  });

  test("takes so long", () => {
    const { confirm } = createConfirmation();
    const first = confirm("rrr", seen({ milliseconds: 10_000 }), [], NOW);
    expect([codes(first), first.again]).toEqual([[], at(10)]);
    expect(codes(confirm("rrr", seen({ milliseconds: 10_000 }), [], at(9)))).toEqual([]);
    expect(codes(confirm("rrr", seen({ milliseconds: 10_000 }), [], at(10)))).toEqual(["flux-source-timeout"]);
  });

  test("takes a look that is not of before it had lasted so long", () => {
    const { confirm } = createConfirmation();
    const look = (seconds: number) => [{ ...finding(), confirm: { milliseconds: 10_000 }, seenAt: at(seconds) }];
    const first = confirm("rrr", look(-3), [], NOW);
    expect([codes(first), first.again, first.stale]).toEqual([[], at(10), false]);
    const late = confirm("rrr", look(9), [], at(10));
    expect([codes(late), late.again, late.stale]).toEqual([[], at(12), true]);
    const sure = confirm("rrr", look(11), [], at(12));
    expect([codes(sure), sure.stale, "seenAt" in (sure.findings[0] ?? {})]).toEqual([
      ["flux-source-timeout"],
      false,
      false,
    ]);
  });

  test("is not asked twice of what is told already", () => {
    const told = [{ code: "flux-source-timeout", subject: "GitRepository/rrr/rrr" }];
    expect(codes(createConfirmation().confirm("rrr", seen({ looks: 5 }), told, NOW))).toEqual(["flux-source-timeout"]);
  });

  test("is of each project by itself", () => {
    const { confirm } = createConfirmation();
    confirm("rrr", seen({ looks: 2 }), [], NOW);
    expect(codes(confirm("other", seen({ looks: 2 }), [], NOW))).toEqual([]);
  });
});

describe("a refused step", () => {
  const refused: Outcome = {
    state: "refused",
    problem: new Problem("namespace-taken", {
      destiny: { kind: "person" },
      params: { namespace: "rrr" },
      evidence: "rrr",
    }),
  };
  const none = { findings: [], unknown: [] };

  test("is a finding of its stage", () => {
    expect(withRefusals(none, acted(["cluster", refused])).findings).toMatchObject([
      { code: "namespace-taken", severity: "fail", stage: "cluster", subject: "step/cluster" },
    ]);
  });

  test("that is not reached in a later pass is neither found nor over", () => {
    const open = {
      ...finding({ code: "namespace-taken", subject: "step/cluster" }),
      since: NOW.toISOString(),
      lastSeen: NOW.toISOString(),
      count: 1,
    };
    const before = { ...acted(), project: project({ status: { findings: [open] } }) };
    expect(withRefusals(none, before)).toMatchObject({ findings: [], unknown: [{ code: "namespace-taken" }] });
  });
});

describe("acting", () => {
  const context = (given: Partial<StepContext> = {}): StepContext => ({
    project: project(),
    settings: settings(),
    facts: facts(),
    ports: createWorld().controller.ports,
    template: undefined,
    retrying: false,
    ...given,
  });
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const helped = () => ({ log, underway: createUnderway() });
  const failing = (problem: unknown) => step("repository", "repository", async () => Promise.reject(problem));
  const retrying = (since: number | undefined) =>
    project({
      status: {
        stages: [
          {
            stage: "repository",
            state: "waiting",
            reason: "Retrying",
            params: { step: "repository", detail: "x", ...(since === undefined ? {} : { since }) },
          },
        ],
      },
    });
  const outcomeOf = async (problem: unknown, given: Partial<StepContext> = {}) =>
    (await act([failing(problem)], context(given), helped())).outcomes[0]?.outcome;

  test("goes on with what does not wait for the step that failed, and with nothing else", async () => {
    const steps = [
      failing(new Error("bug")),
      step("after", "cluster", undefined, ["repository"]),
      step("beside", "cluster"),
    ];
    const { outcomes } = await act(steps, context(), helped());
    expect(outcomes.map(({ step: { name }, outcome: { state } }) => [name, state])).toEqual([
      ["repository", "waiting"],
      ["beside", "done"],
    ]);
  });

  test("hands on what one step learned to the next", async () => {
    const seen: unknown[] = [];
    await act(
      [
        step("a", "repository", async () => ({ state: "done", learned: { launch: { sha: "abc" } } })),
        step("b", "repository", async ({ project: now }) => {
          seen.push(now.status.launch.sha);
          return { state: "done" };
        }),
      ],
      context(),
      helped(),
    );
    expect(seen).toEqual(["abc"]);
  });

  test("waits until the time that a limit names", async () => {
    const until = at(900);
    expect(
      await outcomeOf(new Problem("github-rate-limited", { destiny: { kind: "wait", until }, evidence: "429" })),
    ).toMatchObject({
      state: "waiting",
      until,
    });
  });

  test("asks a person at once where only one can help", async () => {
    const refused = new Problem("github-token-invalid", { destiny: { kind: "person" }, evidence: "Bad credentials" });
    expect(await outcomeOf(refused)).toMatchObject({
      state: "refused",
      problem: { code: "github-token-invalid" },
    });
  });

  test.each<[string, ReturnType<typeof project>, string]>([
    ["new", project(), "waiting"],
    ["119 s old", retrying(at(-119).getTime()), "waiting"],
    ["two minutes old", retrying(at(-120).getTime()), "refused"],
    ["known only as a wait for a limit", retrying(undefined), "waiting"],
    [
      "what the launch has failed of",
      project({
        status: {
          phase: "Failed",
          failure: {
            ...finding({ subject: "step/repository" }),
            since: NOW.toISOString(),
            lastSeen: NOW.toISOString(),
            count: 1,
          },
        },
      }),
      "refused",
    ],
  ])("with a passing trouble that is %s", async (_, before, state) => {
    const outcome = await outcomeOf(new Problem("github-unreachable", { evidence: "ETIMEDOUT" }), { project: before });
    expect(outcome?.state).toBe(state);
    // What is written is read again by the next pass.
    const written = JSON.parse(
      JSON.stringify(rows({ acted: { outcomes: [{ step: failing(0), outcome: outcome ?? { state: "done" } }] } })),
    );
    expect(projectResource.safeParse({ ...before, status: { ...before.status, stages: written } }).success).toBe(true);
  });
});

describe("a step that does not come back", () => {
  const done: Outcome = { state: "done" };

  test("is not waited for, nor asked a second time, and what came of it is taken up later", async () => {
    const held = Promise.withResolvers<Outcome>();
    let asked = 0;
    const start = () => {
      asked += 1;
      return held.promise;
    };
    const underway = createUnderway(10);
    expect(await underway.take("a", start)).toBeUndefined();
    expect(await underway.take("a", start)).toBeUndefined();
    held.resolve(done);
    expect(await underway.take("a", start)).toBe(done);
    expect(asked).toBe(1);
    expect(await underway.take("a", async () => ({ state: "waiting", reason: "Pending" }))).toMatchObject({
      reason: "Pending",
    });
  });

  test("and fails meanwhile is told so when it is taken up, and tried anew after that", async () => {
    const held = Promise.withResolvers<Outcome>();
    const underway = createUnderway(10);
    expect(await underway.take("a", () => held.promise)).toBeUndefined();
    held.reject(new Error("late"));
    await expect(underway.take("a", async () => done)).rejects.toThrow("late");
    expect(await underway.take("a", async () => done)).toBe(done);
  });
});

describe("the ledger", () => {
  const intended = [{ kind: "Namespace", name: "rrr", state: "intended" as const, at: NOW.toISOString() }];

  test("turns what was intended into what is made, in its place and once", () => {
    const made = [
      { kind: "Namespace", name: "rrr", id: "uid-1" },
      { kind: "Secret", name: "s", namespace: "rrr" },
    ];
    const ledger = ledgerOf(intended, { made, removed: [] }, at(1));
    expect(ledger).toEqual([
      { kind: "Namespace", name: "rrr", id: "uid-1", state: "made", at: at(1).toISOString() },
      { kind: "Secret", name: "s", namespace: "rrr", state: "made", at: at(1).toISOString() },
    ]);
    expect(ledgerOf(ledger, { made, removed: [] }, at(2))).toEqual(ledger);
  });

  test("keeps nothing of a commit's source that has gone", () => {
    const made = { kind: "GitRepository", name: "rrr-3f2a91c0aa11", namespace: "rrr" };
    const ledger = ledgerOf(intended, { made: [made], removed: [] }, at(1));
    expect(ledgerOf(ledger, { made: [], removed: [made] }, at(2))).toEqual(intended);
  });

  test("notes that a thing was made anew", () => {
    const of = (id: string) => ({ made: [{ kind: "Namespace", name: "rrr", id }], removed: [] });
    const ledger = ledgerOf(intended, of("uid-1"), at(1));
    expect(ledgerOf(ledger, of("uid-2"), at(2))).toMatchObject([{ id: "uid-2" }]);
  });
});

describe("what is expected", () => {
  const took = (build: number, total: number) => ({ kind: "deploy" as const, build, total });

  test.each<[string, Parameters<typeof expectedOf>, ReturnType<typeof expectedOf>]>([
    ["nothing known", [[], undefined], undefined],
    ["the template's word", [[], 180], { build: 180, total: 225 }],
    ["one's own past before the template's word", [[took(60, 100)], 180], { build: 60, total: 100 }],
    ["a rollback, which built nothing", [[took(0, 20), took(60, 100)], 180], { build: 60, total: 100 }],
    ["too few to say what is slow", [[1, 2, 3, 4].map((n) => took(n, n * 10)), 180], { build: 3, total: 30 }],
    ["enough", [[50, 10, 40, 20, 30].map((n) => took(n, n * 2)), 180], { build: 30, total: 60, p95: 100 }],
  ])("with %s", (_, given, wanted) => expect(expectedOf(...given)).toEqual(wanted));
});

describe("the next look", () => {
  const again = (status: Parameters<typeof project>[0], ...outcomes: [Stage, Outcome][]) =>
    seconds(lookAgainAt(project(status), { acted: acted(...outcomes), unsure: undefined, environments: [], at: NOW }));
  const seconds = ({ again }: { again: Date }) => (again.getTime() - NOW.getTime()) / 1000;
  /** Of one that is live and rests, but for a Job that began so many seconds ago. */
  const whileRuns = (ago: number, status: object, metadata: object = {}) => {
    const object: KubeObject = {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "migrate", namespace: "rrr", creationTimestamp: at(-ago).toISOString(), ...metadata },
      status: { startTime: at(-ago).toISOString(), ...status },
    };
    const environments = [environment({ objects: [object] })];
    return seconds(
      lookAgainAt(project({ status: { phase: "Live" } }), { acted: acted(), unsure: undefined, environments, at: NOW }),
    );
  };
  const open = [{ ...finding(), since: NOW.toISOString(), lastSeen: NOW.toISOString(), count: 1 }];
  const waiting = (seconds: number): [Stage, Outcome] => [
    "build",
    { state: "waiting", reason: "BuildAwaited", until: at(seconds) },
  ];

  const idle = again({ status: { phase: "Live" } });

  test("when nothing happens comes within five minutes, of many projects not of all at once", () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `p${index}`);
    const looks = names.map((name) => again({ name, status: { phase: "Live" } }));
    expect(Math.max(...looks, idle)).toBeLessThanOrEqual(300);
    expect(Math.min(...looks, idle)).toBeGreaterThanOrEqual(240);
    const perSecond = Array.from({ length: 60 }, (_, second) => looks.filter((at) => Math.floor(at) === 240 + second));
    expect(Math.max(...perSecond.map(({ length }) => length))).toBeLessThan(40);
    expect(again({ status: { phase: "Live" } })).toBe(idle);
    const told = [
      said({ code: "public-url-unreachable", params: { url: "u", vantage: "v", outcome: "tcp-timeout" } }),
      said({ code: "webhook-missing", params: { repository: "acme/rrr" } }),
    ];
    for (const { impact } of told) expect(impact).toContain("within 5 min");
  });

  test.each<[string, number, number]>([
    ["while it launches", again({}), 5],
    ["when a step asks for it sooner", again({}, waiting(2)), 2],
    ["when a step asks for a time that is past", again({}, waiting(-60)), 1],
    ["once it has failed", again({ status: { phase: "Failed" } }), 20],
    ["while a Job starts", whileRuns(3, { active: 1 }), 7],
    ["when a Job has had no pods for so long that anybody asks why", whileRuns(3, {}), 7],
    ["once that was asked", whileRuns(60, {}), idle],
    ["while a Job's pod does not get ready", whileRuns(60, { active: 1 }), 20],
    ["while one of a Job's pods does not", whileRuns(60, { active: 2, ready: 1 }), 20],
    ["while a Job runs", whileRuns(60, { active: 1, ready: 1 }), idle],
    ["once a Job has ended", whileRuns(60, { succeeded: 1, ready: 0 }), idle],
    ["while a Job is removed", whileRuns(60, { active: 1 }, { deletionTimestamp: NOW.toISOString() }), idle],
    ["while there is a warning", again({ status: { phase: "Live", findings: open } }), 20],
    [
      "when the warning is over",
      again({ status: { phase: "Live", findings: open.map((each) => ({ ...each, recoveredAt: NOW.toISOString() })) } }),
      idle,
    ],
    [
      "while a deploy runs",
      again({
        status: {
          phase: "Live",
          deploys: [
            {
              sha: "a",
              tag: "a",
              author: "",
              title: "",
              url: "",
              startedAt: NOW.toISOString(),
              state: "running",
              stages: [],
            },
          ],
        },
      }),
      5,
    ],
  ])("%s", (_, seconds, wanted) => expect(seconds).toBe(wanted));
});

describe("builds", () => {
  test("are as GitHub tells them, with the jobs of the newest", () => {
    const [build] = buildsOf([], facts({ builds: buildsOfRuns(run()), jobs: known([job()]) }));
    expect(build).toMatchObject({
      number: 1,
      status: "in_progress",
      jobs: [{ name: "image", step: "docker build", stepNumber: 2, stepCount: 3 }],
    });
    expect(build?.completedAt).toBeUndefined();
  });

  test("stay as they were while GitHub cannot be read", () => {
    const before = buildsOf([], facts({ builds: buildsOfRuns(run()), jobs: known([job()]) }));
    expect(buildsOf(before, facts({ builds: { [run().sha]: unknown("502") } }))).toEqual(before);
    expect(buildsOf(before, facts({ builds: buildsOfRuns(run()), jobs: unknown("502") }))).toEqual(before);
  });

  test("of another attempt begin without the last one's failure", () => {
    const failed = facts({
      builds: buildsOfRuns(run({ status: "completed", conclusion: "failure" })),
      jobs: known([job({ conclusion: "failure" })]),
      failure: known({ job: "image", step: "push", lines: ["denied"] }),
    });
    const before = buildsOf([], failed);
    expect(before[0]?.failure?.lines).toEqual(["denied"]);
    expect(buildsOf(before, facts({ builds: buildsOfRuns(run({ attempt: 2 })) }))[0]?.failure).toBeUndefined();
  });
});

describe("writing status", () => {
  const record = { channel: "C1", ts: "1.2", digest: "d", at: NOW.toISOString() };

  test("happens only when there is something new", async () => {
    const world = createWorld();
    const made = await world.create();
    const first = await writeStatus(made, { ...made.status, phase: "Live" }, world.controller);
    expect(world.projects.writes()).toBe(1);
    await writeStatus(first, structuredClone(first.status), world.controller);
    expect(world.projects.writes()).toBe(1);
  });

  test("records what was posted, for its project alone, and forgets it only once it is written", async () => {
    const world = createWorld();
    const made = await world.create();
    world.controller.delivered.push(
      { project: "rrr", uid: "project-1", key: "launch", record },
      { project: "other", uid: "project-2", key: "launch", record },
    );
    world.mishap({ at: world.calls.length + 1, kind: "refused" });
    await expect(writeStatus(made, made.status, world.controller)).rejects.toThrow();
    expect(world.controller.delivered).toHaveLength(2);
    await writeStatus(made, made.status, world.controller);
    expect(world.status().messages).toEqual({ launch: record });
    expect(world.controller.delivered).toMatchObject([{ project: "other" }]);
  });

  test("of an earlier project of the same name nothing is recorded", async () => {
    const world = createWorld();
    const made = await world.create();
    world.controller.delivered.push({ project: "rrr", uid: "earlier", key: "launch", record });
    await writeStatus(made, { ...made.status, url: "http://rrr.example.com" }, world.controller);
    expect(world.status().messages).toEqual({});
    expect(world.controller.delivered).toEqual([]);
  });

  test("remembers since when Slack refuses, until it takes a message again", async () => {
    const world = createWorld();
    const made = await world.create();
    const refuse = { project: "rrr", uid: "project-1", problem: { code: "slack-archived" as const, detail: "" } };
    world.controller.delivered.push(refuse);
    const first = await writeStatus(made, made.status, world.controller);
    world.wait(60);
    world.controller.delivered.push(refuse);
    const second = await writeStatus(first, first.status, world.controller);
    expect(second.status.slack).toEqual({ problem: "slack-archived", since: NOW.toISOString() });
    world.controller.delivered.push({ project: "rrr", uid: "project-1", key: "launch", record });
    await writeStatus(second, second.status, world.controller);
    expect(world.status().slack).toBeUndefined();
  });

  test("is refused when somebody has written since, and what was posted is not lost", async () => {
    const world = createWorld();
    const made = await world.create();
    await world.wish("cancel");
    world.controller.delivered.push({ project: "rrr", uid: "project-1", key: "launch", record });
    await expect(writeStatus(made, made.status, world.controller)).rejects.toMatchObject({ code: "object-conflict" });
    await world.pass();
    expect(world.status().messages).toEqual({ launch: record });
  });
});
