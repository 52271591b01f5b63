import { describe, expect, test } from "vitest";
import type { KubeObject, Manager } from "../../../src/project/ports/cluster.ts";
import { codes, judged } from "../../builders/judged.ts";
import { condition, deployment, kustomization, waitingPod } from "../../builders/objects.ts";
import { at, NOW } from "../../builders/project.ts";
import { recorded } from "../../builders/recorded.ts";
import { said } from "../../builders/said.ts";
import { ownedBy, podOfSet, podWith, replicaSet, rolling, unready } from "../../builders/workloads.ts";

const found = (objects: KubeObject[]) => codes({ here: { objects } });
const crashed = { exitCode: 1, reason: "Error" };
const backOff = { waiting: { reason: "CrashLoopBackOff", message: "back-off 40s" } };
const crashing = (terminated: object = crashed, restartCount = 3) => ({
  ...{ restartCount, state: backOff, lastState: { terminated } },
});
const missing = { state: { waiting: { reason: "CreateContainerConfigError", message: 'configmap "nope" not found' } } };

describe("a pod", () => {
  test.each([
    ["container-crashing", ["fail pod-crashloop"]],
    ["config-missing", ["fail pod-config-missing"]],
    ["unschedulable", ["fail pod-unschedulable"]],
    ["probes-failing", []],
    ["launch-ready", []],
  ])("as a real kubelet left it: %s", (name, wanted) => expect(found(recorded(name))).toEqual(wanted));

  test.each<[string, KubeObject, string[]]>([
    ["starts", waitingPod("ContainerCreating", ""), []],
    ["crashed twice: perhaps a slow start", podWith({ app: { status: crashing(crashed, 2) } }), []],
    ["crashed three times", podWith({ app: { status: crashing() } }), ["fail pod-crashloop"]],
    [
      "crashed for want of memory",
      podWith({ app: { status: crashing({ exitCode: 137, reason: "OOMKilled" }) } }),
      ["fail pod-oom"],
    ],
    [
      "runs for a moment between two crashes",
      podWith({ app: { status: { ...crashing(), state: { running: {} } } } }),
      ["fail pod-crashloop"],
    ],
    [
      "crashed long ago and is ready",
      podWith({ app: { status: { ...crashing(crashed, 9), ready: true, state: { running: {} } } } }, { ready: true }),
      [],
    ],
    [
      "crashes with an image that the kubelet names by another of its tags",
      podWith({ app: { status: { ...crashing(), image: "ghcr.io/acme/rrr:ffffffffffff" } } }),
      ["fail pod-crashloop"],
    ],
    ["lacks a ConfigMap", podWith({ app: { status: missing } }), ["fail pod-config-missing"]],
    [
      "has an init container that fails",
      podWith({ app: {}, migrate: { role: "init", status: crashing() } }),
      ["fail pod-init-failed"],
    ],
    [
      "has an init container that runs out of memory",
      podWith({ migrate: { role: "init", status: crashing({ exitCode: 137, reason: "OOMKilled" }) } }),
      ["fail pod-init-failed"],
    ],
    [
      "has an init container that lacks a Secret",
      podWith({ migrate: { role: "init", status: missing } }),
      ["fail pod-config-missing"],
    ],
    [
      "has an init container that failed and succeeded at last",
      podWith({
        migrate: {
          role: "init",
          status: { ...crashing(), state: { terminated: { exitCode: 0, reason: "Completed" } } },
        },
      }),
      [],
    ],
    [
      "has a sidecar that crashes",
      podWith({
        app: { status: { ready: true, state: { running: {} } } },
        proxy: { role: "sidecar", status: crashing() },
      }),
      ["fail pod-crashloop"],
    ],
    [
      "has a sidecar that runs out of memory",
      podWith({ proxy: { role: "sidecar", status: crashing({ exitCode: 137, reason: "OOMKilled" }) } }),
      ["fail pod-oom"],
    ],
    [
      "has two containers in trouble, each of its own",
      podWith({ app: { status: crashing() }, proxy: { status: missing } }),
      ["fail pod-config-missing", "fail pod-crashloop"],
    ],
  ])("that %s", (_, pod, wanted) => expect(found(rolling([pod]))).toEqual(wanted));

  test("of the version before is in no trouble that matters", () => {
    const objects = rolling([]);
    const before = replicaSet(objects[0] ?? deployment(), "1");
    expect(found([...objects, before, podOfSet(podWith({ app: { status: crashing() } }), before)])).toEqual([]);
  });

  test("on its way out is in no trouble", () => {
    const pod = podWith({ app: { status: crashing() } });
    pod.metadata.deletionTimestamp = NOW.toISOString();
    expect(found(rolling([pod]))).toEqual([]);
  });

  test.each(["StatefulSet", "DaemonSet", "Job"])("of a %s is seen like a Deployment's", (kind) => {
    const of: KubeObject = { apiVersion: "apps/v1", kind, metadata: { name: "db", namespace: "rrr", uid: "uid-db" } };
    const pod = podWith({ db: { status: crashing() } });
    const owned = { ...pod, metadata: { ...pod.metadata, ownerReferences: ownedBy(of) } };
    expect(judged({ here: { objects: [of, owned] } }).findings).toMatchObject([
      { code: "pod-crashloop", subject: `${kind}/rrr/db/db`, params: { workload: "db", kind } },
    ]);
  });

  test("of a Job that came to its end at last is in no trouble, however often it failed before", () => {
    const job: KubeObject = {
      ...{ apiVersion: "batch/v1", kind: "Job", metadata: { name: "migrate", namespace: "rrr", uid: "uid-job" } },
      status: { succeeded: 1, conditions: [{ type: "Complete", status: "True" }] },
    };
    const status = { ...crashing(), state: { terminated: { exitCode: 0, reason: "Completed" } } };
    const pod = podWith({ migrate: { status } }, { phase: "Succeeded" });
    expect(found([job, { ...pod, metadata: { ...pod.metadata, ownerReferences: ownedBy(job) } }])).toEqual([]);
  });

  test("in trouble is told of its workload, once, with what a person needs to look at it", () => {
    const objects = rolling([podWith({ app: { status: crashing() } }), podWith({ app: { status: crashing() } })]);
    expect(judged({ here: { objects } }).findings).toEqual([
      {
        code: "pod-crashloop",
        severity: "fail",
        stage: "rollout",
        environment: "production",
        subject: "Deployment/rrr/rrr/app",
        evidence: "exit code 1, 3 restarts",
        seenFrom: "cluster",
        params: {
          workload: "rrr",
          kind: "Deployment",
          namespace: "rrr",
          pod: "rrr-2-0",
          container: "app",
          role: "app",
          image: "ghcr.io/acme/rrr:3f2a91c0aa11",
          restarts: 3,
          others: 0,
          exitCode: 1,
        },
        remedies: ["retry"],
      },
    ]);
  });

  test("in trouble says how many pods beside it are ready", () => {
    const others = (...pods: Parameters<typeof rolling>[0]) =>
      judged({ here: { objects: rolling(pods) } }).findings[0]?.params.others;
    const ill = podWith({ app: { status: crashing() } });
    expect([others(ill), others(ill, ill), others(ill, podWith({ app: {} }, { ready: true }))]).toEqual([0, 0, 1]);
  });

  test("in trouble is proved by words that are the same with each try", () => {
    const said = (port: number) => {
      const message = `Error: read tcp 10.42.0.5:${port}->10.43.0.1:5432: connection reset by peer`;
      return judged({ here: { objects: rolling([podWith({ app: { status: crashing({ ...crashed, message }) } })]) } })
        .findings[0]?.evidence;
    };
    expect(said(41_000)).toBe(said(41_001));
  });
});

describe("a rollout", () => {
  const timedOut = condition(
    "Progressing",
    "False",
    "ProgressDeadlineExceeded",
    'ReplicaSet "rrr-2" has timed out progressing.',
  );
  const told = (...conditions: object[]): KubeObject => ({
    ...unready(),
    status: { ...(unready().status as object), conditions },
  });
  const refused = (why: string) =>
    told(condition("ReplicaFailure", "True", "FailedCreate", `pods "rrr-2-x" is forbidden: ${why}`));
  const privileged = 'violates PodSecurity "baseline:latest": privileged (container "app")';
  const flux = kustomization([condition("Ready", "False", "HealthCheckFailed", "health check failed after 1.5s: x")]);

  test.each<[string, KubeObject, string[]]>([
    ["past its deadline", told(timedOut), ["fail rollout-stuck"]],
    [
      "past its deadline with an older spec",
      { ...told(timedOut), metadata: { ...unready().metadata, generation: 2 } },
      [],
    ],
    [
      "that was past its deadline and is whole",
      { ...deployment(), status: { ...(deployment().status as object), conditions: [timedOut] } },
      [],
    ],
    ["under way", told(condition("Progressing", "True", "ReplicaSetUpdated")), []],
    ["whose pods the namespace's Pod Security refuses", refused(privileged), ["fail pod-refused"]],
    [
      "whose pods an operator's policy refuses",
      refused('admission webhook "policy.example.com" denied the request: no latest'),
      ["fail pod-refused"],
    ],
    [
      "whose pods go beyond the quota",
      refused("exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1"),
      ["fail quota-exceeded"],
    ],
    [
      "whose pods are refused for a moment",
      refused('error looking up service account rrr/app: serviceaccount "app" not found'),
      [],
    ],
    ["whose pods were refused", told(condition("ReplicaFailure", "False", "FailedCreate", privileged)), []],
  ])("%s", (_, object, wanted) => expect(found([object])).toEqual(wanted));

  test("whose pods are refused is told whatever tag it has: Flux may not have set the new one yet", () => {
    const older = deployment({ tag: "older" });
    expect(found([{ ...older, status: refused(privileged).status }])).toEqual(["fail pod-refused"]);
  });

  test.each<[string, KubeObject[], string[]]>([
    ["refused pods", [{ ...refused(privileged) }], ["fail pod-refused"]],
    ["a full quota", [refused("exceeded quota: small")], ["fail quota-exceeded"]],
    ["a crash", rolling([podWith({ app: { status: crashing() } })], told(timedOut)), ["fail pod-crashloop"]],
    [
      "an init container's crash",
      rolling([podWith({ app: {}, wait: { role: "init", status: crashing() } })], told(timedOut)),
      ["fail pod-init-failed"],
    ],
    [
      "want of memory",
      rolling([podWith({ app: { status: crashing({ exitCode: 137, reason: "OOMKilled" }) } })], told(timedOut)),
      ["fail pod-oom"],
    ],
    [
      "a missing ConfigMap",
      rolling([podWith({ app: { status: missing } })], told(timedOut)),
      ["fail pod-config-missing"],
    ],
  ])("that is stuck because of %s is told by that alone", (_, objects, wanted) => {
    expect(found([...objects, flux])).toEqual(wanted);
  });

  test("that is stuck for no reason that anybody sees says how far it has come", () => {
    expect(judged({ here: { objects: [told(timedOut)] } }).findings).toMatchObject([
      {
        subject: "Deployment/rrr/rrr",
        stage: "rollout",
        evidence: 'ReplicaSet "rrr-2" has timed out progressing.',
        params: { workload: "rrr", ready: 0, wanted: 1 },
      },
    ]);
  });

  test("that is refused is told since when", () => {
    expect(judged({ here: { objects: [refused(privileged)] } }).findings).toMatchObject([
      { params: { workload: "rrr", namespace: "rrr" }, since: NOW },
    ]);
  });
});

describe("scaled-to-zero", () => {
  const zero = (name = "rrr"): KubeObject => ({ ...deployment({ replicas: 0 }), metadata: { name, namespace: "rrr" } });
  const one: KubeObject = { ...deployment(), metadata: { name: "worker", namespace: "rrr" } };
  const daemon = (nodes: number): KubeObject => ({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "rrr" },
    status: { desiredNumberScheduled: nodes },
  });
  const job: KubeObject = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "job", namespace: "rrr" } };
  const applied = (...ids: string[]): KubeObject => ({
    ...kustomization([]),
    status: { inventory: { entries: ids.map((id) => ({ id })) } },
  });

  test.each<[string, KubeObject[], string[]]>([
    ["all at zero", [zero()], ["warn scaled-to-zero"]],
    ["all of several at zero", [zero(), zero("worker")], ["warn scaled-to-zero"]],
    ["one of several at zero, on purpose", [zero(), one], []],
    ["one at zero beside a DaemonSet that runs", [zero(), daemon(1)], []],
    ["one at zero beside a DaemonSet without nodes", [zero(), daemon(0)], ["warn scaled-to-zero"]],
    ["all at zero beside a Job", [zero(), job], ["warn scaled-to-zero"]],
    ["a DaemonSet without nodes", [daemon(0)], []],
    ["nothing at all", [], []],
    ["what Flux did not apply", [zero(), one, applied("rrr_worker_apps_Deployment")], []],
    [
      "what Flux applied, whatever stands beside it",
      [zero(), one, applied("rrr_rrr_apps_Deployment")],
      ["warn scaled-to-zero"],
    ],
  ])("%s", (_, objects, wanted) => expect(found(objects)).toEqual(wanted));

  test("names the Project where that says so", () => {
    const status = { environments: [{ name: "production", launchedReplicas: 1 }] };
    const here = { objects: [zero(), applied("rrr_rrr_apps_Deployment")], environment: { replicas: 0 } };
    expect(judged({ here, status }).findings).toMatchObject([{ code: "scaled-to-zero", params: { project: "rrr" } }]);
    const before = { ...here, environment: { replicas: 1 } };
    expect(judged({ here: before, status }).findings[0]?.params).not.toHaveProperty("project");
  });

  test.each<[string, { name: string; fields: string[]; at?: Date }[] | undefined, RegExp, RegExp]>([
    ["that cannot be read", undefined, /is set to 0 pods\.$/, /^Run kubectl -n rrr scale deployment\/rrr --replicas=1/],
    [
      "that nobody has signed, as after kubectl scale",
      [{ name: "kustomize-controller", fields: ["spec.template"] }],
      /0 pods\. Someone set that in the cluster, for example with kubectl scale, not in the manifests\.$/,
      /^Run kubectl/,
    ],
    [
      "of the repository itself",
      [{ name: "kustomize-controller", fields: ["spec.replicas"] }],
      /, as the manifests say\.$/,
      /^Raise replicas in k8s/,
    ],
    [
      "of whoever did it last",
      [
        { name: "kubectl-patch", fields: ["spec.replicas"], at: at(5) },
        { name: "kustomize-controller", fields: ["spec.replicas"], at: at(3) },
        { name: "kubectl-edit", fields: ["spec.template"], at: at(7) },
      ],
      /\. kubectl-patch set that by hand\.$/,
      /^Run kubectl/,
    ],
    [
      "of the HorizontalPodAutoscaler's controller",
      [{ name: "kube-controller-manager", fields: ["spec.replicas"] }],
      /\. An autoscaler set that\.$/,
      /^Wait until the autoscaler/,
    ],
    [
      "of KEDA",
      [{ name: "keda-operator", fields: ["spec.replicas"] }],
      /\. An autoscaler set that\.$/,
      /^Wait until the autoscaler/,
    ],
  ])("tells of a count %s", (_, managers, cause, fix) => {
    const signed = managers?.map((each) => ({ operation: "Update", ...each }));
    const handlers: Record<string, Manager[]> = signed ? { "Deployment/rrr/rrr": signed } : {};
    const [finding] = judged({ here: { objects: [zero()], handlers } }).findings;
    expect(said(finding).cause).toMatch(cause);
    expect(said(finding).fix).toMatch(fix);
    expect(finding?.since).toEqual(managers?.find(({ at }) => at)?.at);
  });

  test("is over once one pod is asked for again", () => {
    expect(found([zero(), one])).toEqual([]);
    expect(found([deployment({ replicas: 1 })])).toEqual([]);
  });
});

describe("rollout-paused", () => {
  const applied: KubeObject = {
    ...kustomization([]),
    status: { inventory: { entries: [{ id: "rrr_rrr_apps_Deployment" }] } },
  };
  const paused = (status: object, is = true): KubeObject => {
    const whole = deployment({ status });
    return { ...whole, spec: { ...Object(whole.spec), paused: is } };
  };

  test.each<[string, KubeObject, string[]]>([
    ["with a new version that waits", paused({ updatedReplicas: 0 }), ["warn rollout-paused"]],
    ["in the midst of a rollout", paused({ replicas: 2 }), ["warn rollout-paused"]],
    ["with nothing that waits", paused({}), []],
    ["and resumed", paused({ updatedReplicas: 0 }, false), []],
  ])("a Deployment that is paused %s", (_, object, wanted) => expect(found([applied, object])).toEqual(wanted));

  test("as a real cluster left it: with two pods of the new version, and two of the one before", () => {
    const objects = recorded("rollout-paused");
    expect(found(objects)).toEqual(["warn rollout-paused"]);
    const resumed = objects.map((each) => ({ ...each, spec: { ...Object(each.spec), paused: false } }));
    expect(found(resumed)).toEqual([]);
  });

  test.each<[string, string[], string]>([
    ["the repository itself", ["kustomize-controller"], ""],
    ["whoever did it", ["kustomize-controller", "kubectl-rollout"], "kubectl-rollout"],
  ])("names %s", (_, managers, by) => {
    const handlers = {
      "Deployment/rrr/rrr": managers.map((name) => ({ name, operation: "Update", fields: ["spec.paused"] })),
    };
    const objects = [applied, paused({ updatedReplicas: 0 })];
    expect(judged({ here: { objects, handlers } }).findings).toMatchObject([
      { code: "rollout-paused", subject: "Deployment/rrr/rrr", params: { workload: "rrr", namespace: "rrr", by } },
    ]);
  });
});
