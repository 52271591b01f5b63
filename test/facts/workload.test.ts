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

  test("that nobody has looked at since its image changed has none of its newest revision yet", () => {
    const running = podWith({ app: { image: "ghcr.io/acme/rrr:old", status: { ready: true } } }, { ready: true });
    const changed = (tag: string) =>
      read(rolling([running, running], deployment({ tag, replicas: 2, generation: 100 })));
    const behind = (tag: string, replicas = 2) =>
      read(
        rolling(
          [running, running],
          deployment({ tag, replicas, generation: 2, status: { observedGeneration: 1, updatedReplicas: 2 } }),
        ),
      )[0];
    expect(changed("old")[0]).toMatchObject({ ready: 2, wanted: 2, settled: true });
    expect(behind("new")).toMatchObject({ ready: 0, wanted: 2, settled: false });
    // Another count alone makes no new revision.
    expect(behind("old", 3)).toMatchObject({ ready: 2, wanted: 3, settled: false });
    const unseen = deployment({ replicas: 2, generation: 2, status: { observedGeneration: 1 } });
    expect(read([unseen])[0]).toMatchObject({ ready: 0, wanted: 2, settled: false });
  });

  test("that is paused has none of its newest revision, which nobody makes", () => {
    const paused = (status: object, pods = 2): KubeObject => {
      const whole = deployment({ replicas: pods, status });
      return { ...whole, spec: { ...Object(whole.spec), paused: true } };
    };
    const running = podWith({ app: { status: { ready: true } } }, { ready: true });
    const [waits] = read(rolling([running, running], paused({ updatedReplicas: 0 })));
    expect(waits).toMatchObject({ paused: true, settled: false, ready: 0, wanted: 2 });
    // What runs meanwhile is still looked at.
    expect(waits?.pods.map(({ current }) => current)).toEqual([true, true]);
    expect(read([paused({})])[0]).toMatchObject({ paused: true, settled: true, ready: 2 });
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

describe("a StatefulSet whose pods stay at an older revision on purpose", () => {
  /** Three pods, each of the newest revision or not, and ready or not, as its controller sees them. */
  const three = (strategy: object, pods: [newest: boolean, ready: boolean][], start = 0) => {
    const updated = pods.filter(([newest]) => newest).length;
    const ready = pods.filter((pod) => pod[1]).length;
    const status = { replicas: 3, updatedReplicas: updated, readyReplicas: ready, updateRevision: "db-b" };
    const spec = { replicas: 3, updateStrategy: strategy, ...(start > 0 ? { ordinals: { start } } : {}) };
    const set = workload("StatefulSet", spec, status);
    const its = pods.map(([newest, isReady], index) =>
      podOfWorkload(set, isReady, { "controller-revision-hash": newest ? "db-b" : "db-a" }, `db-${index + start}`),
    );
    return { seen: read([set, ...its], "StatefulSet")[0], unseen: read([set], "StatefulSet")[0] };
  };
  const MOMENTS = [false, true].flatMap((newest) => [false, true].map((ready): [boolean, boolean] => [newest, ready]));
  const ALL = MOMENTS.flatMap((a) => MOMENTS.flatMap((b) => MOMENTS.map((c) => [a, b, c])));
  const partitioned = (partition: number) => ({ type: "RollingUpdate", rollingUpdate: { partition } });

  // https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/status/core.go (statefulsetConditions)
  test.each([
    ["by no partition", partitioned(0), 0],
    ["one of three", partitioned(1), 1],
    ["all of three", partitioned(3), 3],
    ["by a partition beyond them", partitioned(9), 3],
    ["until each is deleted by hand", { type: "OnDelete" }, 3],
  ])("%s: settled, ready and held are those that it is to bring so far", (_, strategy, held) => {
    for (const start of [0, 5])
      for (const pods of ALL) {
        const { seen, unseen } = three(strategy, pods, start);
        const updated = pods.filter(([newest]) => newest).length;
        const settled = pods.every(([, ready]) => ready) && updated >= 3 - held;
        const counted = pods.filter(([newest, ready], index) => ready && (newest || index < held)).length;
        expect(seen).toMatchObject({ wanted: 3, settled, ready: settled ? 3 : Math.min(counted, updated + held) });
        expect(seen?.held).toBe(settled ? 3 - updated : 0);
        expect(unseen).toMatchObject({ settled });
        expect(unseen?.ready).toBeGreaterThanOrEqual(seen?.ready ?? 0);
      }
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

  test("whose pods somebody is to delete one by one is settled with the older ones, and says how many those are", () => {
    const onDelete = { updateStrategy: { type: "OnDelete" } };
    const [found] = read([workload("DaemonSet", onDelete, { ...rolled, updatedNumberScheduled: 1 })], "DaemonSet");
    expect(found).toMatchObject({ settled: true, ready: 2, wanted: 2, held: 1 });
    const [ill] = read(
      [workload("DaemonSet", onDelete, { ...rolled, numberReady: 1, numberAvailable: 1 })],
      "DaemonSet",
    );
    expect(ill).toMatchObject({ settled: false, ready: 1, wanted: 2, held: 0 });
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
    ["that is suspended", { suspend: true }, {}, { wanted: 0, ready: 0, settled: true }],
    ["that is resumed", { suspend: false }, { active: 1 }, { wanted: 1, ready: 0, settled: false }],
    ["that ended well and was suspended since", { suspend: true }, complete, { wanted: 1, ready: 1, settled: true }],
    [
      "that failed and was suspended since",
      { suspend: true },
      { conditions: [{ type: "Failed", status: "True" }] },
      { wanted: 1, ready: 0, settled: false },
    ],
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
