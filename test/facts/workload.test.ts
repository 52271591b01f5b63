import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { podOf } from "../../src/facts/pod.ts";
import { replicaSetOf } from "../../src/facts/replica-set.ts";
import { workloadOf } from "../../src/facts/workload.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { deployment } from "../builders/objects.ts";
import { ofKind, recorded } from "../builders/recorded.ts";
import { ownedBy, podOfSet, podWith, replicaSet, rolling } from "../builders/workloads.ts";

const read = (objects: KubeObject[], kind = "Deployment") =>
  ofKind(objects, kind).map((object) =>
    workloadOf(object, ofKind(objects, "Pod").map(podOf), ofKind(objects, "ReplicaSet").map(replicaSetOf)),
  );

/** A workload of that kind, with what its controller says. */
const workload = (kind: string, spec: object, status: object, metadata: object = {}): KubeObject => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: "db", namespace: "rrr", uid: "uid-db", generation: 2, ...metadata },
  spec: { template: { spec: { containers: [{ name: "db", image: "postgres:18" }] } }, ...spec },
  status: { observedGeneration: 2, ...status },
});
const podOfWorkload = (
  of: KubeObject,
  ready: boolean,
  labels: Record<string, string> = {},
  name = "db-0",
): KubeObject => {
  const pod = podWith({ db: { status: { ready } } }, { ready, labels });
  return { ...pod, metadata: { ...pod.metadata, name, uid: name, ownerReferences: ownedBy(of) } };
};

describe("a Deployment", () => {
  test.each([
    ["launch-ready", { wanted: 1, ready: 1, settled: true }],
    ["container-crashing", { wanted: 1, ready: 0, settled: false }],
    ["image-missing", { wanted: 1, ready: 0, settled: false }],
    ["probes-failing", { wanted: 1, ready: 0, settled: false }],
    ["unschedulable", { wanted: 1, ready: 0, settled: false }],
  ])("as a real cluster had it: %s", (name, wanted) => {
    const [found] = read(recorded(name));
    expect(found).toMatchObject(wanted);
    expect(found?.pods.map(({ current }) => current)).toEqual([true]);
  });

  test.each<[string, object, boolean]>([
    ["whole", {}, true],
    ["not looked at since its spec changed", { observedGeneration: 0 }, false],
    ["with a pod that is not available yet", { availableReplicas: 1 }, false],
    ["with a pod of the revision before", { updatedReplicas: 1 }, false],
    ["with one more than is wanted, on its way out", { replicas: 3 }, false],
  ])("%s", (_, status, settled) => {
    expect(read([deployment({ replicas: 2, status })])[0]).toMatchObject({ wanted: 2, settled });
  });

  test("at zero is whole, and wants nothing", () => {
    expect(read([deployment({ replicas: 0 })])[0]).toMatchObject({ wanted: 0, ready: 0, settled: true });
  });

  test("counts the ready pods of its newest revision, and none of the one before", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 3 }), fc.array(fc.boolean(), { maxLength: 3 }), (old, now) => {
        // What a real controller counts takes in both: the old ones are available too.
        const available = [...old, ...now].filter(Boolean).length;
        const status = { updatedReplicas: now.length, availableReplicas: available, replicas: old.length + now.length };
        const objects = rolling(
          now.map((ready) => podWith({ app: { status: { ready } } }, { ready })),
          deployment({ replicas: 4, status }),
        );
        const before = replicaSet(objects[0] ?? deployment(), "1");
        const older = old.map((ready, index) =>
          podOfSet(podWith({ app: { status: { ready } } }, { ready }), before, index),
        );
        const [found] = read([...objects, before, ...older]);
        if (now.length > 0) expect(found?.ready).toBe(now.filter(Boolean).length);
        expect(found?.pods.filter(({ current }) => current)).toHaveLength(now.length);
        expect(found?.pods.filter(({ current }) => !current)).toHaveLength(old.length);
      }),
    );
  });

  test("goes by its controller's counts where its pods are not to be seen", () => {
    const status = { updatedReplicas: 2, availableReplicas: 1, replicas: 3 };
    expect(read([deployment({ replicas: 3, status })])[0]).toMatchObject({ ready: 1, wanted: 3, pods: [] });
  });

  test("has no pod that is on its way out, and none of another Deployment", () => {
    const going = podWith({ app: {} });
    going.metadata.deletionTimestamp = "2026-03-01T10:00:00Z";
    const objects = rolling([going, podWith({ app: {} })]);
    const other = { ...deployment(), metadata: { name: "other", namespace: "rrr", uid: "uid-other" } };
    const stranger = podOfSet(podWith({ app: {} }), replicaSet(other, "2"));
    expect(read([...objects, stranger])[0]?.pods.map(({ name }) => name)).toEqual(["rrr-2-1"]);
  });

  test("tells its containers by role, with where they listen", () => {
    const template = {
      spec: {
        initContainers: [
          { name: "migrate", image: "a:1" },
          { name: "proxy", image: "b:1", restartPolicy: "Always", ports: [{ containerPort: 9901 }] },
        ],
        containers: [{ name: "app", image: "c:1", ports: [{ name: "http", containerPort: 8080 }] }],
      },
    };
    expect(read([{ ...deployment(), spec: { template } }])[0]?.containers).toEqual([
      { name: "migrate", role: "init", image: "a:1", ports: [] },
      { name: "proxy", role: "sidecar", image: "b:1", ports: [{ containerPort: 9901 }] },
      { name: "app", role: "app", image: "c:1", ports: [{ name: "http", containerPort: 8080 }] },
    ]);
  });
});

describe("a StatefulSet", () => {
  const rolled = { replicas: 2, updatedReplicas: 2, readyReplicas: 2, updateRevision: "db-b" };

  test.each<[string, object, boolean]>([
    ["whole", rolled, true],
    ["not looked at since its spec changed", { ...rolled, observedGeneration: 1 }, false],
    ["whose second pod is not ready", { ...rolled, readyReplicas: 1 }, false],
    ["whose second pod is of the revision before", { ...rolled, updatedReplicas: 1 }, false],
  ])("%s", (_, status, settled) => {
    const [found] = read([workload("StatefulSet", { replicas: 2 }, status)], "StatefulSet");
    expect(found).toMatchObject({ wanted: 2, settled });
  });

  test("counts pods of its update revision", () => {
    const set = workload("StatefulSet", { replicas: 2 }, { ...rolled, updatedReplicas: 1, currentRevision: "db-a" });
    const pod = (revision: string, name: string) =>
      podOfWorkload(set, true, { "controller-revision-hash": revision }, name);
    const [found] = read([set, pod("db-a", "db-0"), pod("db-b", "db-1")], "StatefulSet");
    expect(found?.pods.map(({ name, current }) => [name, current])).toEqual([
      ["db-0", false],
      ["db-1", true],
    ]);
    expect(found).toMatchObject({ ready: 1, wanted: 2 });
  });
});

describe("a DaemonSet", () => {
  const rolled = { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberReady: 2, numberAvailable: 2 };

  test.each<[string, object, boolean]>([
    ["whole", rolled, true],
    ["not looked at since its spec changed", { ...rolled, observedGeneration: 1 }, false],
    ["of the revision before on one node", { ...rolled, updatedNumberScheduled: 1 }, false],
    ["not available on one node", { ...rolled, numberAvailable: 1 }, false],
    ["with no node to run on", {}, true],
  ])("%s", (_, status, settled) => {
    expect(read([workload("DaemonSet", {}, status)], "DaemonSet")[0]).toMatchObject({ settled });
  });

  test("counts pods of its newest template", () => {
    const set = workload("DaemonSet", {}, { ...rolled, updatedNumberScheduled: 1 });
    set.metadata.annotations = { "deprecated.daemonset.template.generation": "4" };
    const pod = (generation: string, name: string) =>
      podOfWorkload(set, true, { "pod-template-generation": generation }, name);
    const [found] = read([set, pod("3", "db-x"), pod("4", "db-y")], "DaemonSet");
    expect(found).toMatchObject({ ready: 1, wanted: 2 });
    expect(found?.pods.map(({ current }) => current)).toEqual([false, true]);
  });
});

describe("a Job", () => {
  const complete = { conditions: [{ type: "Complete", status: "True" }], succeeded: 1 };

  test.each<[string, object, object, object]>([
    ["that runs", {}, { active: 1 }, { wanted: 1, ready: 0, settled: false }],
    ["that ended well", {}, complete, { wanted: 1, ready: 1, settled: true }],
    ["that failed", {}, { conditions: [{ type: "Failed", status: "True" }] }, { ready: 0, settled: false }],
    ["that is half through", { completions: 3 }, { succeeded: 2 }, { wanted: 3, ready: 2, settled: false }],
  ])("%s goes by its own word", (_, spec, status, wanted) => {
    expect(read([workload("Job", spec, status)], "Job")[0]).toMatchObject(wanted);
  });

  test("has its pods by their owner", () => {
    const job = workload("Job", {}, {});
    expect(read([job, podOfWorkload(job, false)], "Job")[0]?.pods).toMatchObject([{ name: "db-0", current: true }]);
  });
});

test("what is no workload does not read as one", () => {
  expect(() => workloadOf({ ...deployment(), kind: "CronJob" }, [], [])).toThrow();
  expect(() => workloadOf({ ...deployment(), spec: { replicas: "two" } }, [], [])).toThrow();
});
