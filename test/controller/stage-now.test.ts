import { describe, expect, test } from "vitest";
import { conditionsOf } from "../../src/controller/conditions-of.ts";
import type { EnvironmentStatus, FindingStatus, StageStatus } from "../../src/project/project.ts";
import { STAGES, type Stage } from "../../src/project/stage.ts";
import { en } from "../../src/words/en/index.ts";
import { at, NOW, project } from "../builders/project.ts";
import { said } from "../builders/said.ts";
import { createWorld } from "../builders/world/create-world.ts";

type Now = NonNullable<EnvironmentStatus["now"]>;

const SINCE = at(6000).toISOString();
const WELL: Now = { tag: "aaaaaaaaaaaa", ready: 2, wanted: 2, answer: { status: 200 } };

const found = (code: string, given: Partial<FindingStatus> = {}): FindingStatus => ({
  ...{ code, subject: "x", severity: "fail", evidence: "e", seenFrom: "cluster", remedies: [], count: 3 },
  ...{
    params: {
      environment: "production",
      workload: "rrr",
      kind: "Deployment",
      namespace: "rrr",
      container: "app",
      port: 443,
      host: "rrr.example.com",
      address: "203.0.113.7",
      url: "https://github.com/acme/rrr/actions/runs/2",
      sha: "a".repeat(40),
      number: 2,
    },
  },
  ...{ environment: "production", since: SINCE, lastSeen: SINCE },
  ...given,
});
const title = (code: string) => said(found(code)).title;

interface Given {
  now?: Now;
  staging?: Now;
  findings?: FindingStatus[];
  rows?: Partial<Record<Stage, Partial<StageStatus>>>;
}

/** What each stage's condition says of a live project whose launch went well. */
function told({ now = WELL, staging, findings = [], rows = {} }: Given) {
  const names = staging ? ["production", "staging"] : ["production"];
  const environments = names.map((name) => ({ name, namespace: name, host: `${name}.example.com` }));
  const of = project({
    spec: { environments: environments.map((each) => ({ ...each, replicas: 2, follow: "branch" as const })) },
    status: {
      phase: "Live",
      environments: [{ name: "production", now }, ...(staging ? [{ name: "staging", now: staging }] : [])],
      stages: STAGES.map((stage) => ({ stage, state: "done", reason: "Done", params: {}, ...rows[stage] })),
      findings,
    },
  });
  return Object.fromEntries(
    conditionsOf(of, of.status, en, NOW).map(({ type, status, reason, message }) => [
      type.replace("Ready", ""),
      `${status} ${reason} ${message}`.trim(),
    ]),
  );
}

const BEHIND = {
  rollout: { state: "pending", reason: "RolloutWaitsForImage" },
  ingress: { state: "pending", reason: "IngressAwaited" },
  certificate: { state: "pending", reason: "CertificateAwaited" },
  reachable: { state: "pending", reason: "ReachableAwaited" },
} as const;

describe("the conditions of a live project's stages say what is so now", () => {
  test.each<[string, Given, Record<string, string>]>([
    [
      "while all is well",
      {},
      { Rollout: "True RolloutDone 2 of 2 pods ready · runs aaaaaaaaaaaa", Reachable: "True Answered answers 200" },
    ],
    [
      "while the application crashes, and what is before it answers in its place",
      {
        now: { ready: 0, wanted: 2, answer: { why: "http-502-503-504" } },
        findings: [found("pod-crashloop", { stage: "rollout" })],
      },
      {
        Rollout: `False PodCrashloop ${title("pod-crashloop")}`,
        Reachable: `False Http502503504 ${en.reach["http-502-503-504"]}`,
      },
    ],
    [
      "while a port is blocked",
      { now: { ...WELL, answer: { why: "port-blocked" } }, findings: [found("port-blocked", { stage: "reachable" })] },
      {
        Rollout: "True RolloutDone 2 of 2 pods ready · runs aaaaaaaaaaaa",
        Reachable: `False PortBlocked ${title("port-blocked")}`,
      },
    ],
    [
      "once that is over",
      { findings: [found("port-blocked", { stage: "reachable", recoveredAt: SINCE })] },
      { Reachable: "True Answered answers 200" },
    ],
    [
      "while the application itself answers with an error",
      { now: { ...WELL, answer: { status: 404 } } },
      { Reachable: "True Answered answers 404" },
    ],
    [
      "while its namespace is gone",
      { now: { ready: 0, wanted: 0 }, findings: [found("namespace-gone")] },
      {
        Rollout: `False NamespaceGone ${title("namespace-gone")}`,
        Reachable: `False NamespaceGone ${title("namespace-gone")}`,
      },
    ],
    [
      "while nobody wants a pod",
      {
        now: { ready: 0, wanted: 0, answer: { why: "http-502-503-504" } },
        findings: [found("scaled-to-zero", { severity: "warn" })],
      },
      {
        Rollout: `False ScaledToZero ${title("scaled-to-zero")}`,
        Reachable: `False ScaledToZero ${title("scaled-to-zero")}`,
      },
    ],
    [
      "while pods come",
      { now: { ...WELL, ready: 1 } },
      {
        Rollout: "Unknown RolloutProgressing 1 of 2 pods ready · runs aaaaaaaaaaaa",
        Reachable: "True Answered answers 200",
      },
    ],
    [
      "while a warning lasts",
      { findings: [found("flux-source-timeout", { severity: "warn" })] },
      { Rollout: "True RolloutDone 2 of 2 pods ready · runs aaaaaaaaaaaa", Reachable: "True Answered answers 200" },
    ],
    [
      "while it cannot be looked at",
      { now: { ...WELL, unseenSince: SINCE } },
      {
        Rollout: `Unknown Unseen not visible since ${SINCE}`,
        Reachable: `Unknown Unseen not visible since ${SINCE}`,
      },
    ],
    [
      "before anybody has looked",
      { now: {} },
      { Rollout: "Unknown Unseen not checked yet", Reachable: "Unknown Unseen not checked yet" },
    ],
    [
      "where one environment of two is ill",
      { staging: { ready: 0, wanted: 1, answer: { why: "port-refused" } } },
      {
        Rollout: "Unknown RolloutProgressing 0 of 1 pod ready",
        Reachable: `False PortRefused ${en.reach["port-refused"]}`,
      },
    ],
    [
      "while a later commit is built, and what runs goes on",
      { rows: { ...BEHIND, build: { state: "waiting", reason: "BuildQueued", params: { number: 2 } } } },
      {
        Build: "Unknown BuildQueued run #2 · queued",
        Rollout: "True RolloutDone 2 of 2 pods ready · runs aaaaaaaaaaaa",
        Ingress: "True Answered answers 200",
        Certificate: "True Answered answers 200",
        Reachable: "True Answered answers 200",
      },
    ],
    [
      "while a later commit is built, and nobody answers",
      { now: { ...WELL, answer: { why: "port-refused" } }, rows: BEHIND },
      {
        Ingress: "Unknown IngressAwaited waits for the rollout",
        Certificate: "Unknown CertificateAwaited waits for the ingress",
      },
    ],
    [
      "where a later commit could not be built",
      { findings: [found("build-failed", { stage: "build" })] },
      {
        Build: `False BuildFailed ${title("build-failed")}`,
        Rollout: "True RolloutDone 2 of 2 pods ready · runs aaaaaaaaaaaa",
      },
    ],
    [
      "of what has no now of its own as its step found it",
      { rows: { cluster: { state: "waiting", reason: "SourceFetching" }, repository: { reason: "Done" } } },
      { Cluster: "Unknown SourceFetching Flux is fetching the repository", Repository: "True Done" },
    ],
  ])("%s", (_, given, wanted) => expect(told(given)).toMatchObject(wanted));

  test("and not what the launch came to, though nothing is written of it anew", async () => {
    const world = createWorld({ outside: true });
    world.github.build.seconds = 6;
    await world.create();
    await world.live();
    await world.pass();
    const conditions = () =>
      Object.fromEntries((world.projects.stored.get("rrr")?.status.conditions ?? []).map((each) => [each.type, each]));
    expect(conditions()).toMatchObject({
      RolloutReady: { status: "True" },
      IngressReady: { status: "True" },
      ReachableReady: { status: "True", message: "answers 200" },
    });
    const ingress = [...world.cluster.objects.keys()].find((key) => key.startsWith("Ingress/")) ?? "";
    world.cluster.objects.delete(ingress);
    await world.pass();
    expect(conditions().IngressReady).toMatchObject({ status: "Unknown", reason: "IngressMissing" });
    expect(world.projects.stored.get("rrr")?.status.stages.find(({ stage }) => stage === "ingress")?.state).toBe(
      "done",
    );
  });
});
