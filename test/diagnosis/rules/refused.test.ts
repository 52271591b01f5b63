import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import { unknown } from "../../../src/project/read.ts";
import { judged } from "../../builders/judged.ts";
import { at } from "../../builders/project.ts";
import { said } from "../../builders/said.ts";
import { ownedBy, podWith } from "../../builders/workloads.ts";

const PRIVILEGED = 'violates PodSecurity "baseline:latest": privileged (container "app" must not set …)';
const QUOTA = "exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1";

/** Each as its controller leaves it when the API server refuses every pod of it. */
const KINDS: Record<string, { spec?: object; status: object; words: (why: string) => string }> = {
  // https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/controller_utils.go
  Job: {
    spec: { completions: 1 },
    status: { ready: 0, terminating: 0, uncountedTerminatedPods: {} },
    words: (why) => `Error creating: pods "db-7x2kq" is forbidden: ${why}`,
  },
  DaemonSet: {
    status: { desiredNumberScheduled: 2, currentNumberScheduled: 0, numberReady: 0 },
    words: (why) => `(combined from similar events): Error creating: pods "db-7x2kq" is forbidden: ${why}`,
  },
  // https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/statefulset/stateful_pod_control.go
  StatefulSet: {
    spec: { replicas: 1 },
    status: { replicas: 0 },
    words: (why) => `create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: ${why}`,
  },
};

const workload = (kind: string, given: { status?: object; spec?: object; metadata?: object } = {}): KubeObject => ({
  apiVersion: kind === "Job" ? "batch/v1" : "apps/v1",
  kind,
  metadata: {
    name: "db",
    namespace: "rrr",
    uid: "uid-db",
    creationTimestamp: at(-60).toISOString(),
    ...given.metadata,
  },
  spec: { ...KINDS[kind]?.spec, ...given.spec },
  status: { ...KINDS[kind]?.status, ...given.status },
});
const event = (kind: string, message: string, given: { name?: string; reason?: string; seconds?: number } = {}) => ({
  apiVersion: "v1",
  kind: "Event",
  metadata: { name: `${kind}-${message.length}-${given.seconds}`, namespace: "rrr" },
  involvedObject: { kind, name: given.name ?? "db", namespace: "rrr" },
  ...{ type: "Warning", reason: given.reason ?? "FailedCreate", message, count: 12 },
  lastTimestamp: at(given.seconds ?? -5).toISOString(),
});
const refusal = (kind: string, why: string, given: Parameters<typeof event>[2] = {}) =>
  event(kind, KINDS[kind]?.words(why) ?? "", given);
const found = (...objects: KubeObject[]) => judged({ here: { objects } }).findings;
const told = (...objects: KubeObject[]) => found(...objects).map(({ severity, code }) => `${severity} ${code}`);

describe.each(Object.keys(KINDS))("a %s whose pods are refused", (kind) => {
  test("by the namespace's Pod Security is told, without the name of the pod that was tried last", () => {
    const [finding, ...rest] = found(workload(kind), refusal(kind, PRIVILEGED));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      ...{ code: "pod-refused", severity: "fail", stage: "rollout", subject: `${kind}/rrr/db` },
      params: { workload: "db", kind, namespace: "rrr" },
    });
    expect(finding?.evidence).toMatch(/^pods "db-(…|0)" is forbidden: violates PodSecurity "baseline:latest"/);
    expect(said(finding).fix).toMatch(kind === "Job" ? /kubectl -n rrr delete job db/ : /and push\.$/);
  });

  test("by a quota that wants its limits named is told as refused, and not as a quota that is used up", () =>
    expect(told(workload(kind), refusal(kind, "failed quota: small: must specify limits.cpu for: app"))).toEqual([
      expect.stringMatching(/ pod-refused$/),
    ]));

  test("by the quota is told", () =>
    expect(told(workload(kind), refusal(kind, QUOTA))).toEqual(["fail quota-exceeded"]));

  test.each<[string, KubeObject[]]>([
    ["for want of a ServiceAccount that comes a moment later", [refusal(kind, "error looking up service account")]],
    ["says another workload's event", [refusal(kind, QUOTA, { name: "other" })]],
    ["says an event of another kind", [event("ReplicaSet", `Error creating: pods "db-1" is forbidden: ${QUOTA}`)]],
    ["says an event about a pod's deletion", [refusal(kind, QUOTA, { reason: "FailedDelete" })]],
    ["says nobody", []],
  ])("is not, where so %s", (_, events) => expect(told(workload(kind), ...events)).toEqual([]));

  test("is over once it has its pods, though the Events are still there", () => {
    const whole = { active: 1, currentNumberScheduled: 2, replicas: 1 };
    expect(told(workload(kind, { status: whole }), refusal(kind, PRIVILEGED))).toEqual([]);
  });

  test("is unknown while the Events cannot be read", () => {
    const blind = judged({ here: { objects: [workload(kind)], unread: { Event: unknown("403") } } });
    expect(blind.findings).toEqual([]);
    for (const code of ["pod-refused", "quota-exceeded"])
      expect(blind.unknown).toContainEqual({ code, environment: "production", reason: "403" });
  });
});

describe("Events of refusals", () => {
  test.each<[string, object]>([
    ["that failed and waits for its next try", { failed: 1 }],
    ["that has ended", { succeeded: 1, conditions: [{ type: "Complete", status: "True" }] }],
    ["that has failed for good", { conditions: [{ type: "Failed", status: "True" }] }],
  ])("say nothing of a Job %s", (_, status) =>
    expect(told(workload("Job", { status }), refusal("Job", QUOTA)).filter((each) => /quota/.test(each))).toEqual([]),
  );

  test("say nothing of a suspended Job", () =>
    expect(told(workload("Job", { spec: { suspend: true } }), refusal("Job", QUOTA))).toEqual([]));

  test.each<[string, number, string[]]>([
    ["before its newest pod was made are over", -30, []],
    ["since are not", -10, ["fail quota-exceeded"]],
  ])("of a StatefulSet that lacks another pod, %s", (_, seconds, wanted) => {
    const set = workload("StatefulSet", { spec: { replicas: 2 }, status: { replicas: 1, readyReplicas: 1 } });
    const pod = podWith({ app: {} }, { ready: true, createdAt: at(-20) });
    const owned = { ...pod, metadata: { ...pod.metadata, ownerReferences: ownedBy(set) } };
    expect(told(set, owned, refusal("StatefulSet", QUOTA, { seconds }))).toEqual(wanted);
  });

  test("of a CronJob's runs are told of the CronJob, once, and stop nothing", () => {
    const run = (name: string): KubeObject[] => {
      const ownerReferences = [{ apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid: "uid-nightly" }];
      return [workload("Job", { metadata: { name, uid: name, ownerReferences } }), refusal("Job", QUOTA, { name })];
    };
    const findings = found(...run("nightly-1"), ...run("nightly-2"));
    expect(findings).toMatchObject([{ code: "quota-exceeded", severity: "warn", subject: "CronJob/rrr/nightly" }]);
    expect(findings[0]).not.toHaveProperty("stage");
    expect(said(findings[0]).impact).toBe("The work of the CronJob nightly is not done.");
  });
});
