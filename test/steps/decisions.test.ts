import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { Problem } from "../../src/project/problem.ts";
import type { ProjectStatus } from "../../src/project/project.ts";
import { known, unknown } from "../../src/project/read.ts";
import type { EnvironmentSnapshot, Snapshot } from "../../src/project/snapshot.ts";
import { certificate } from "../../src/steps/certificate.ts";
import { image } from "../../src/steps/image.ts";
import { ingress } from "../../src/steps/ingress.ts";
import { podTrouble } from "../../src/steps/pod-trouble.ts";
import { reachable } from "../../src/steps/reachable.ts";
import { release } from "../../src/steps/release.ts";
import { rollout } from "../../src/steps/rollout.ts";
import type { Step, StepContext } from "../../src/steps/step.ts";
import {
  answered,
  condition,
  deployment,
  ingressObject,
  kustomization,
  look,
  pod,
  waitingPod,
} from "../builders/objects.ts";
import { at, NOW, project } from "../builders/project.ts";
import { job, run, SHA } from "../builders/run.ts";
import { settings } from "../builders/settings.ts";
import { commit, environment, snapshot } from "../builders/snapshot.ts";
import { createWorld } from "../builders/world/create-world.ts";

const TAG = SHA.slice(0, 12);
const OTHER = "b".repeat(40);

interface Given {
  seen?: Partial<Snapshot>;
  here?: Partial<EnvironmentSnapshot>;
  status?: Partial<ProjectStatus>;
  retrying?: boolean;
}

function context({ seen, here, status, retrying }: Given): StepContext {
  return {
    project: project({
      status: {
        launch: { startedAt: NOW.toISOString(), sha: SHA },
        environments: [{ name: "production", tag: TAG }],
        ...status,
      },
    }),
    settings: settings(),
    snapshot: snapshot({ environments: [environment(here)], ...seen }),
    ports: createWorld().controller.ports,
    template: undefined,
    retrying: retrying ?? false,
  };
}

/** `state reason-or-code` of what the step says. */
async function says(step: Step, given: Given): Promise<string> {
  const outcome = await step.ensure(context(given));
  return outcome.state === "stalled"
    ? `stalled ${outcome.finding.code}`
    : `${outcome.state} ${outcome.reason ?? ""}`.trim();
}

/** As a real cluster gave them. */
function recorded(name: string): KubeObject[] {
  const file = new URL(`../fixtures/cluster/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { objects: KubeObject[] }).objects; // recorded by scripts of this repository
}
const ofKind = (objects: KubeObject[], kind: string) => objects.filter((each) => each.kind === kind);

describe("the image", () => {
  const done = run({ status: "completed", conclusion: "success", updatedAt: NOW });
  const failed = run({ status: "completed", conclusion: "failure" });
  const absent = { [TAG]: known(false) };
  const later = {
    ...{ sha: OTHER, tag: OTHER.slice(0, 12), author: "", title: "", url: "" },
    ...{ startedAt: NOW.toISOString(), state: "running" as const, stages: [] },
  };

  test.each<[string, Given, string]>([
    ["is there", { seen: { images: { [TAG]: known(true) } } }, "done ImageReady"],
    [
      "is there though GitHub cannot be read",
      { seen: { images: { [TAG]: known(true) }, runs: unknown("502") } },
      "done ImageReady",
    ],
    ["before the first commit", { status: { launch: {} } }, "waiting BuildAwaited"],
    ["while GitHub cannot be read", { seen: { images: absent, runs: unknown("502") } }, "waiting Unreadable"],
    ["before a run is shown", { seen: { at: at(59) } }, "waiting BuildAwaited"],
    ["when no run was shown for a minute", { seen: { at: at(60) } }, "stalled workflow-missing"],
    [
      "of a later commit, just after it was seen",
      { status: { phase: "Live", deploys: [later] }, seen: { at: at(59), head: known(commit({ sha: OTHER })) } },
      "waiting BuildAwaited",
    ],
    [
      "of a later commit, when no run was shown for a minute",
      { status: { phase: "Live", deploys: [later] }, seen: { at: at(60), head: known(commit({ sha: OTHER })) } },
      "stalled workflow-missing",
    ],
    [
      "while only another commit's run is there",
      { seen: { at: at(5), runs: known([run({ sha: OTHER })]) } },
      "waiting BuildAwaited",
    ],
    ["while the run is queued", { seen: { runs: known([run({ status: "queued" })]) } }, "waiting BuildQueued"],
    [
      "while jobs are those of another run",
      { seen: { runs: known([run()]), jobs: known([job({ runId: 9 })]) } },
      "waiting BuildQueued",
    ],
    ["while a job runs", { seen: { runs: known([run()]), jobs: known([job()]) } }, "waiting BuildRunning"],
    ["just after the run", { seen: { at: at(59), runs: known([done]), images: absent } }, "waiting ImageAwaited"],
    [
      "while the registry cannot be read",
      { seen: { at: at(59), runs: known([done]), images: { [TAG]: unknown("401") } } },
      "waiting ImageAwaited",
    ],
    [
      "a minute after the run",
      { seen: { at: at(60), runs: known([done]), images: absent } },
      "stalled image-never-pushed",
    ],
    ["when the run failed", { seen: { runs: known([failed]) } }, "stalled build-failed"],
    [
      "when the run was cancelled",
      { seen: { runs: known([run({ status: "completed", conclusion: "cancelled" })]) } },
      "stalled build-failed",
    ],
    [
      "when the run failed but the image is there",
      { seen: { runs: known([failed]), images: { [TAG]: known(true) } } },
      "done ImageReady",
    ],
    [
      "of a live project, of its head",
      {
        status: { phase: "Live" },
        seen: {
          head: known(commit({ sha: OTHER })),
          images: { [TAG]: known(true) },
          runs: known([run({ sha: OTHER })]),
        },
      },
      "waiting BuildQueued",
    ],
    [
      "of a live project whose head cannot be read",
      { status: { phase: "Live" }, seen: { head: unknown("502"), images: { [TAG]: known(true) } } },
      "done ImageReady",
    ],
  ])("%s", async (_, given, wanted) =>
    expect(await says(image, { ...given, status: { environments: [], ...given.status } })).toBe(wanted),
  );
});

describe("the release", () => {
  const tagOf = async (given: Given) => {
    const outcome = await release.ensure({
      ...context(given),
      ports: { ...createWorld().controller.ports, cluster: createdNamespace() },
    });
    return outcome.state === "done" ? outcome.facts?.environments?.[0]?.tag : `${outcome.state}`;
  };
  function createdNamespace() {
    const { cluster } = createWorld();
    cluster.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } });
    return cluster.cluster;
  }

  test.each<[string, Given, string]>([
    ["waits for the image", { status: { environments: [] }, seen: { images: { [TAG]: known(false) } } }, "waiting"],
    [
      "waits while the registry cannot be read",
      { status: { environments: [] }, seen: { images: { [TAG]: unknown("502") } } },
      "waiting",
    ],
    [
      "gives the tag once the image is there",
      { status: { environments: [] }, seen: { images: { [TAG]: known(true) } } },
      TAG,
    ],
    ["keeps the tag while the registry cannot be read", { seen: { images: { [TAG]: unknown("502") } } }, TAG],
    [
      "of a live project keeps the old one until the new image is there",
      {
        status: { phase: "Live" },
        seen: {
          head: known(commit({ sha: OTHER })),
          images: { [TAG]: known(true), [OTHER.slice(0, 12)]: known(false) },
        },
      },
      TAG,
    ],
    [
      "of a live project takes the new one then",
      {
        status: { phase: "Live" },
        seen: { head: known(commit({ sha: OTHER })), images: { [OTHER.slice(0, 12)]: known(true) } },
      },
      OTHER.slice(0, 12),
    ],
  ])("%s", async (_, given, wanted) => expect(await tagOf(given)).toBe(wanted));
});

describe("the rollout", () => {
  /** Flux holds what it is to apply. */
  const source = known<KubeObject>({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "rrr", namespace: "rrr", generation: 1 },
    status: {
      conditions: [condition("Ready", "True", "Succeeded"), condition("ArtifactInStorage", "True", "Succeeded")],
    },
  });
  const said = (given: Given) => says(rollout, { ...given, here: { source, ...given.here } });
  const failed = (reason: string, message = "") => kustomization([condition("Ready", "False", reason, message)]);
  const half = { updatedReplicas: 1, availableReplicas: 0, replicas: 2 };
  const behind = deployment({ generation: 2, status: { observedGeneration: 1 } });
  const stuck = deployment({
    status: {
      ...half,
      conditions: [
        condition("Progressing", "False", "ProgressDeadlineExceeded", 'ReplicaSet "rrr-1" has timed out progressing.'),
      ],
    },
  });
  const refused = (why: string) => {
    const message = `pods "rrr-1-x" is forbidden: ${why}`;
    return deployment({
      status: { ...half, conditions: [condition("ReplicaFailure", "True", "FailedCreate", message)] },
    });
  };
  const pulling = waitingPod("ImagePullBackOff", 'Back-off pulling image "x": ErrImagePull: x: not found');

  test.each<[string, Given, string]>([
    ["before a tag is given", { status: { environments: [] } }, "waiting RolloutWaitsForImage"],
    ["while the cluster cannot be read", { here: { deployments: unknown("403") } }, "waiting Unreadable"],
    ["before Flux has applied it", {}, "waiting RolloutApplying"],
    [
      "while the old version runs",
      { here: { deployments: known([deployment({ tag: "old" })]) } },
      "waiting RolloutApplying",
    ],
    ["while the controller is behind", { here: { deployments: known([behind]) } }, "waiting RolloutProgressing"],
    [
      "while old pods go",
      { here: { deployments: known([deployment({ status: { replicas: 2 } })]) } },
      "waiting RolloutProgressing",
    ],
    ["whole", { here: { deployments: known([deployment()]) } }, "done RolloutDone"],
    ["scaled to nothing", { here: { deployments: known([deployment({ replicas: 0 })]) } }, "done RolloutDone"],
    [
      "whole, whatever Flux says",
      { here: { deployments: known([deployment()]), kustomization: known(failed("HealthCheckFailed")) } },
      "done RolloutDone",
    ],
    [
      "whose pods the namespace's Pod Security refuses",
      {
        here: { deployments: known([refused('violates PodSecurity "baseline:latest": privileged (container "app")')]) },
      },
      "stalled pod-refused",
    ],
    [
      "of an older tag still, whose pods are refused",
      {
        here: {
          deployments: known([
            { ...deployment({ tag: "older" }), status: refused('violates PodSecurity "baseline"').status },
          ]),
        },
      },
      "stalled pod-refused",
    ],
    [
      "whose pods go beyond the quota",
      {
        here: {
          deployments: known([refused("exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1")]),
        },
      },
      "stalled quota-exceeded",
    ],
    [
      "whose pods are refused for a moment",
      {
        here: {
          deployments: known([refused('error looking up service account rrr/app: serviceaccount "app" not found')]),
        },
      },
      "waiting RolloutProgressing",
    ],
    ["past its deadline", { here: { deployments: known([stuck]) } }, "stalled rollout-stuck"],
    [
      "whose image is not there",
      { here: { deployments: known([deployment({ status: half })]), pods: known([pulling]) } },
      "stalled image-never-pushed",
    ],
    [
      "whose pod's cause is known beside Flux's time-out",
      {
        here: {
          deployments: known([deployment({ status: half })]),
          pods: known([pulling]),
          kustomization: known(failed("HealthCheckFailed")),
        },
      },
      "stalled image-never-pushed",
    ],
    [
      "with an old pod's trouble",
      {
        here: {
          deployments: known([deployment({ status: half })]),
          pods: known([waitingPod("ImagePullBackOff", "x: not found", { tag: "old" })]),
        },
      },
      "waiting RolloutProgressing",
    ],
    ["Flux cannot build", { here: { kustomization: known(failed("BuildFailed")) } }, "stalled flux-build-failed"],
    [
      "Flux may not apply",
      { here: { kustomization: known(failed("ReconciliationFailed")) } },
      "stalled flux-apply-failed",
    ],
    [
      "Flux waited in vain",
      { here: { kustomization: known(failed("HealthCheckFailed")) } },
      "stalled flux-health-timeout",
    ],
    [
      "Flux has no artifact yet",
      { here: { kustomization: known(failed("ArtifactFailed", "Source artifact not found, retrying in 30s")) } },
      "waiting RolloutApplying",
    ],
    [
      "Flux waits for what it depends on",
      { here: { kustomization: known(failed("DependencyNotReady")) } },
      "waiting RolloutApplying",
    ],
    [
      "Flux's word is of an older spec",
      {
        here: {
          kustomization: known({
            ...failed("BuildFailed"),
            metadata: { name: "rrr", namespace: "rrr", generation: 2 },
          }),
        },
      },
      "waiting RolloutApplying",
    ],
    [
      "on the pass that answers Retry",
      { retrying: true, here: { kustomization: known(failed("BuildFailed")) } },
      "waiting RolloutApplying",
    ],
  ])("%s", async (_, given, wanted) => expect(await said(given)).toBe(wanted));

  test.each([
    ["build-failed", "stalled flux-build-failed"],
    ["apply-forbidden", "stalled flux-apply-failed"],
    ["kind-unknown", "stalled flux-apply-failed"],
    ["path-missing", "stalled flux-path-missing"],
    ["source-missing", "waiting RolloutApplying"],
  ])("as a real Flux said it: %s", async (name, wanted) => {
    const [object] = ofKind(recorded(name), "Kustomization");
    expect(await said({ here: { kustomization: known(object) } })).toBe(wanted);
  });
});

describe("a pod", () => {
  const pull = (message: string, tag = TAG) =>
    podTrouble(environment({ pods: known([waitingPod("ErrImagePull", message, { tag })]) }), tag, NOW)?.code;
  const image = `ghcr.io/acme/rrr:${TAG}`;

  test.each([
    ["image-missing", "nope", "image-never-pushed"],
    ["image-platform", "1", "image-platform"],
    ["image-unauthorized", "1", "image-unauthorized"],
    ["registry-unreachable", "nope", "image-registry-unreachable"],
    ["container-crashing", "1", "pod-crashloop"],
    ["config-missing", "1", "pod-config-missing"],
    ["unschedulable", "1", undefined],
    ["probes-failing", "1", undefined],
    ["launch-ready", "1", undefined],
  ])("as a real kubelet left it: %s", (name, tag, code) => {
    expect(podTrouble(environment({ pods: known(ofKind(recorded(name), "Pod")) }), tag, NOW)?.code).toBe(code);
  });

  test.each([
    [
      `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
      "image-never-pushed",
    ],
    [
      `failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Frrr%3Apull&service=ghcr.io: 401 Unauthorized`,
      "image-unauthorized",
    ],
    [
      `failed to pull and unpack image "${image}": failed to resolve reference "${image}": unexpected status from HEAD request to https://ghcr.io/v2/acme/rrr/manifests/${TAG}: 403 Forbidden`,
      "image-unauthorized",
    ],
    [
      "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
      "image-unauthorized",
    ],
    [
      `failed to do request: Head "https://ghcr.io/v2/acme/rrr/manifests/${TAG}": dial tcp 20.205.243.164:443: i/o timeout`,
      "image-registry-unreachable",
    ],
    [
      `failed to do request: Head "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 10.43.0.10:53: no such host`,
      "image-registry-unreachable",
    ],
    [
      `failed to do request: Head "https://ghcr.io/v2/": dial tcp 198.18.0.1:403: connect: connection refused`,
      "image-registry-unreachable",
    ],
    [
      'failed to do request: Head "https://ghcr.io/v2/": tls: failed to verify certificate: x509: certificate is valid for *.github.io, github.io, not ghcr.io',
      "image-registry-tls",
    ],
    [`failed to pull and unpack image "${image}": no match for platform in manifest: not found`, "image-platform"],
    [
      "pulling from host ghcr.io failed with status code [manifests x]: 429 Too Many Requests",
      "image-registry-unreachable",
    ],
  ])("that cannot pull: %s", (message, code) => expect(pull(message)).toBe(code));

  test("of a project whose name or tag looks like a refusal is judged by what was said", () => {
    const message = 'failed to resolve reference "ghcr.io/acme/denied:403000000000": ghcr.io/acme/x: not found';
    expect(pull(message, "403000000000")).toBe("image-never-pushed");
  });

  const crashed = { exitCode: 1, reason: "Error" };
  test.each<[string, KubeObject, string | undefined]>([
    ["starts", waitingPod("ContainerCreating", ""), undefined],
    [
      "crashed twice: perhaps a slow start",
      waitingPod("CrashLoopBackOff", "", { restarts: 2, exitCode: 1 }),
      undefined,
    ],
    ["crashed three times", waitingPod("CrashLoopBackOff", "", { restarts: 3, exitCode: 1 }), "pod-crashloop"],
    [
      "crashed for want of memory",
      waitingPod("CrashLoopBackOff", "", { restarts: 3, exitCode: 137, terminated: "OOMKilled" }),
      "pod-oom",
    ],
    [
      "runs for a moment between two crashes",
      pod({ image, restartCount: 4, state: { running: {} }, lastState: { terminated: crashed } }),
      "pod-crashloop",
    ],
    [
      "crashed long ago and is ready",
      pod({ image, ready: true, restartCount: 9, state: { running: {} }, lastState: { terminated: crashed } }),
      undefined,
    ],
    [
      "crashes with an image that the kubelet names by another of its tags",
      {
        ...pod({ image, restartCount: 4, state: { running: {} }, lastState: { terminated: crashed } }),
        status: {
          containerStatuses: [
            {
              ...{ name: "app", image: "ghcr.io/acme/rrr:ffffffffffff", restartCount: 4 },
              ...{ state: { running: {} }, lastState: { terminated: crashed } },
            },
          ],
        },
      },
      "pod-crashloop",
    ],
    [
      "is on its way out",
      {
        ...waitingPod("ErrImagePull", "not found"),
        metadata: { name: "rrr-1", namespace: "rrr", deletionTimestamp: NOW.toISOString() },
      },
      undefined,
    ],
  ])("that %s", (_, object, code) =>
    expect(podTrouble(environment({ pods: known([object]) }), TAG, NOW)?.code).toBe(code),
  );

  test.each([
    [20, undefined],
    [40, "image-unauthorized"],
  ])("whose node pulled without its Secret, %i s old", (seconds, code) => {
    const message = `failed to pull and unpack image "${image}": failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized`;
    const young = waitingPod("ErrImagePull", message);
    const creationTimestamp = new Date(NOW.getTime() - seconds * 1000).toISOString();
    const object = { ...young, metadata: { ...young.metadata, creationTimestamp } };
    expect(podTrouble(environment({ pods: known([object]) }), TAG, NOW)?.code).toBe(code);
  });

  test.each([
    ["of a tag that was just given is replaced", 10, TAG, ["rrr-1"]],
    ["of a tag that was given a while ago is left to a person", 40, TAG, []],
    ["of another tag is left alone", 10, "old", []],
  ])("whose node pulled without its Secret and that is %s", async (_, seconds, tag, gone) => {
    const deleted: string[] = [];
    const message =
      "failed to pull and unpack image: failed to authorize: failed to fetch anonymous token: 401 Unauthorized";
    const stranger = waitingPod("ImagePullBackOff", message, { tag });
    const pods = known([{ ...stranger, metadata: { ...stranger.metadata, uid: "u" } }]);
    const tagSince = new Date(NOW.getTime() - seconds * 1000).toISOString();
    const given = context({ here: { pods }, status: { environments: [{ name: "production", tag: TAG, tagSince }] } });
    given.ports.cluster.delete = async (ref, only) => {
      expect(only).toEqual({ uid: "u" });
      deleted.push(ref.name);
    };
    await rollout.ensure(given);
    expect(deleted).toEqual(gone);
  });

  test("is waited for where the right to replace it is missing; other refusals are told", async () => {
    const message = "failed to authorize: failed to fetch anonymous token: 401 Unauthorized";
    const stranger = waitingPod("ImagePullBackOff", message);
    const metadata = { ...stranger.metadata, uid: "u", creationTimestamp: NOW.toISOString() };
    const refused = (code: string) => {
      const environments = [{ name: "production", tag: TAG, tagSince: NOW.toISOString() }];
      const here = {
        pods: known([{ ...stranger, metadata }]),
        deployments: known([deployment({ status: { availableReplicas: 0 } })]),
      };
      const given = context({ here, status: { environments } });
      given.ports.cluster.delete = () => Promise.reject(new Problem(code, { evidence: "pods is forbidden" }));
      return rollout.ensure(given);
    };
    expect(await refused("rbac-missing")).toMatchObject({ state: "waiting", reason: "RolloutProgressing" });
    await expect(refused("cluster-unwell")).rejects.toThrow(Problem);
  });

  test("that cannot be seen is in no trouble that anybody knows of", () => {
    expect(podTrouble(environment({ pods: unknown("403") }), TAG, NOW)).toBeUndefined();
  });
});

describe("the ingress", () => {
  test.each<[string, Given, string]>([
    ["is not there", {}, "waiting IngressMissing"],
    [
      "is of another host",
      { here: { ingresses: known([ingressObject({ host: "x.example.com" })]) } },
      "waiting IngressMissing",
    ],
    ["stands", { here: { ingresses: known([ingressObject()]) } }, "done IngressReady"],
  ])("%s", async (_, given, wanted) => expect(await says(ingress, given)).toBe(wanted));
});

describe("the certificate", () => {
  const own = known([ingressObject({ tls: true, issuer: "letsencrypt-prod" })]);
  const object = (status: "True" | "False", host = "rrr.example.com"): KubeObject => ({
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: "rrr-tls", namespace: "rrr" },
    spec: { issuerRef: { name: "letsencrypt-prod" }, dnsNames: [host] },
    status: { notAfter: "2026-06-01T00:00:00Z", conditions: [condition("Ready", status, "x")] },
  });
  const challenge = (state: string, dnsName = "rrr.example.com"): KubeObject => ({
    apiVersion: "acme.cert-manager.io/v1",
    kind: "Challenge",
    metadata: { name: "c", namespace: "rrr" },
    spec: { type: "HTTP-01", dnsName },
    status: { state, reason: "Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'" },
  });
  const pending = known([object("False")]);
  const realChallenges = ofKind(recorded("challenge-failed"), "Challenge").map((each) => ({
    ...each,
    spec: { dnsName: "rrr.example.com" },
  }));

  test.each<[string, Given, string | RegExp]>([
    ["is of no use without TLS", { here: { ingresses: known([ingressObject()]) } }, "skipped CertificateUnused"],
    [
      "is somebody's own secret",
      { here: { ingresses: known([ingressObject({ tls: true })]) } },
      "skipped CertificateUnused",
    ],
    ["cannot be read", { here: { ingresses: own, certificates: unknown("403") } }, "waiting Unreadable"],
    ["is asked for", { here: { ingresses: own } }, /^waiting Certificate(Awaited|Unmade)$/],
    [
      "is another host's",
      { here: { ingresses: own, certificates: known([object("True", "x.example.com")]) } },
      /^waiting Certificate(Awaited|Unmade)$/,
    ],
    ["is on its way", { here: { ingresses: own, certificates: pending } }, "waiting CertificatePending"],
    [
      "is challenged",
      { here: { ingresses: own, certificates: pending, challenges: known([challenge("pending")]) } },
      "waiting CertificatePending",
    ],
    [
      "failed its challenge",
      { here: { ingresses: own, certificates: pending, challenges: known([challenge("invalid")]) } },
      "stalled cert-challenge-failed",
    ],
    [
      "failed it, as a real cert-manager says so",
      { here: { ingresses: own, certificates: pending, challenges: known(realChallenges) } },
      "stalled cert-challenge-failed",
    ],
    [
      "is not judged by another host's challenge",
      { here: { ingresses: own, certificates: pending, challenges: known([challenge("invalid", "x.example.com")]) } },
      "waiting CertificatePending",
    ],
    ["is there", { here: { ingresses: own, certificates: known([object("True")]) } }, "done CertificateReady"],
  ])("%s", async (_, given, wanted) =>
    expect(await says(certificate, given)).toEqual(typeof wanted === "string" ? wanted : expect.stringMatching(wanted)),
  );
});

describe("the URL", () => {
  const seen = (...probes: EnvironmentSnapshot["probes"]): Given => ({
    here: { ingresses: known([ingressObject({ tls: true })]), probes },
  });
  const mute = look("elsewhere", { state: "unknown", detail: "no answer" });
  const begun = {
    stages: [
      { stage: "reachable" as const, state: "waiting" as const, reason: "x", params: {}, startedAt: NOW.toISOString() },
    ],
  };

  test.each<[string, Given, string]>([
    ["was not looked at", seen(), "waiting ReachableAwaited"],
    ["answers inside, and nobody is outside", seen(look("inside", answered())), "done ReachableInside"],
    [
      "answers inside and outside",
      seen(look("inside", answered()), look("elsewhere", answered())),
      "done ReachableOutside",
    ],
    [
      "answers outside, inside nobody could look",
      {
        ...seen(look("inside", { state: "unknown", detail: "x" }), look("elsewhere", answered())),
        status: begun,
        seen: undefined,
      },
      "waiting ReachableTrying",
    ],
    [
      "is the application's own 404",
      seen(look("inside", answered(404, "no such page, says the app"))),
      "done ReachableInside",
    ],
    ["is the router's 404", seen(look("inside", answered(404, "404 page not found\n"))), "waiting ReachableTrying"],
    ["is a gateway's 503", seen(look("inside", answered(503))), "waiting ReachableTrying"],
    ["is the application's 500", seen(look("inside", answered(500))), "done ReachableInside"],
    [
      "answers inside but not outside",
      seen(look("inside", answered()), look("elsewhere", { state: "tcp-timeout" })),
      "waiting ReachableTrying",
    ],
    ["has a vantage that is mute just now", seen(look("inside", answered()), mute), "waiting ReachableTrying"],
    ["is refused", seen(look("inside", { state: "tcp-refused" })), "waiting ReachableTrying"],
  ])("%s", async (_, given, wanted) => expect(await says(reachable, given)).toBe(wanted));

  test("ends without the word of a vantage that stays mute for a minute", async () => {
    const given = seen(look("inside", answered()), mute);
    const later = snapshot({ at: at(60), environments: [environment(given.here)] });
    expect(await says(reachable, { ...given, seen: later, status: begun })).toBe("done ReachableInside");
  });

  test("that shows a router's own certificate is told whose it is", async () => {
    const outcome = {
      state: "tls-failed" as const,
      reason: "default" as const,
      detail: "DEPTH_ZERO_SELF_SIGNED_CERT",
      subject: "TRAEFIK DEFAULT CERT",
    };
    expect(await reachable.ensure(context(seen(look("inside", outcome))))).toMatchObject({
      params: { detail: "the certificate shown is of TRAEFIK DEFAULT CERT" },
    });
  });

  test("is told with its scheme", async () => {
    expect(await reachable.ensure(context(seen(look("inside", answered()))))).toMatchObject({
      facts: { url: "https://rrr.example.com" },
    });
  });
});
