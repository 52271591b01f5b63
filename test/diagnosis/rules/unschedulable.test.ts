import { describe, expect, test } from "vitest";
import { podUnschedulable } from "../../../src/diagnosis/rules/pod-unschedulable.ts";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import { codes, judged } from "../../builders/judged.ts";
import { condition, kustomization } from "../../builders/objects.ts";
import { NOW } from "../../builders/project.ts";
import { recorded } from "../../builders/recorded.ts";
import { said } from "../../builders/said.ts";
import { ownedBy, podWith, rolling, unready } from "../../builders/workloads.ts";

const NO_HELP = "no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful";
const of3 = (reasons: string) => `0/3 nodes are available: ${reasons}. ${NO_HELP} for scheduling.`;

/** As the scheduler leaves one that it has found no node for. */
function pending(message: string, given: { status?: object; spec?: object; reason?: string } = {}): KubeObject {
  const pod = podWith({ app: {} }, { phase: "Pending" });
  const conditions = [condition("PodScheduled", "False", given.reason ?? "Unschedulable", message)];
  return {
    ...pod,
    spec: { ...Object(pod.spec), ...given.spec },
    status: { phase: "Pending", conditions, ...given.status },
  };
}
const found = (objects: KubeObject[]) => judged({ here: { objects } }).findings;
const only = (message: string) => {
  const [finding, ...rest] = judged({ here: { objects: rolling([pending(message)]) } }).findings;
  expect(rest).toEqual([]);
  return finding ?? expect.fail(`nothing was found of: ${message}`);
};

describe("pod-unschedulable", () => {
  test.each([
    ["unschedulable", "Deployment/record-sched/web"],
    ["job-unschedulable", "Job/record-jobsched/migrate"],
  ])("of a real cluster: %s", (name, subject) => {
    const [finding, ...rest] = found(recorded(name));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      ...{ code: "pod-unschedulable", severity: "fail", stage: "rollout", subject },
      evidence: "0/1 nodes are available: 1 Insufficient memory",
      params: { nodes: 1, memory: 1, others: 0 },
    });
    expect(said(finding).cause).toMatch(/^The cluster’s only node cannot run a pod of \w+: it has too little free mem/);
    expect(said(finding).fix).toMatch(/^Lower resources.requests in k8s\//);
  });

  test.each<[string, KubeObject]>([
    ["was just created", pending("", { status: { conditions: [] } })],
    [
      "is held back by a scheduling gate",
      pending("Scheduling is blocked due to non-empty scheduling gates", { reason: "SchedulingGated" }),
    ],
    [
      "gets room: others are being evicted for it",
      pending(of3("3 Insufficient memory"), { status: { nominatedNodeName: "node-2" } }),
    ],
    [
      "waits for its volume to be made",
      pending(
        "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
      ),
    ],
    ["has a node by now", pending(of3("3 Insufficient memory"), { spec: { nodeName: "node-2" } })],
    [
      "is on its way out",
      { ...pending(of3("3 Insufficient memory")), metadata: { name: "x", deletionTimestamp: NOW.toISOString() } },
    ],
  ])("says nothing of one that %s", (_, pod) => {
    const whole = { ...pod, status: { ...Object(pod.status) } };
    const [deployment, set] = rolling([]);
    const ownerReferences = ownedBy(set ?? expect.fail());
    const metadata = { ...podWith({}).metadata, ...pod.metadata, ownerReferences };
    expect(found([deployment ?? unready(), set ?? expect.fail(), { ...whole, metadata }])).toEqual([]);
  });

  test.each<[string, string, string]>([
    [
      "3 Insufficient cpu",
      "None of the cluster’s 3 nodes can run a pod of rrr: 3 have too little free CPU.",
      "Lower resources.requests",
    ],
    [
      "1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient memory",
      "2 have too little free memory, 1 has a taint that the pod does not tolerate (node-role.kubernetes.io/control-plane).",
      "or ask an operator to remove the taint.",
    ],
    [
      "1 node(s) had untolerated taint {dedicated: gpu}, 1 node(s) had untolerated taint {key: a.b. c}, 1 node(s) were unschedulable",
      "2 have taints that the pod does not tolerate (dedicated: gpu, key: a.b. c), 1 is cordoned.",
      "Ask an operator to uncordon a node.",
    ],
    [
      "3 node(s) didn't match Pod's node affinity/selector",
      "3 are ruled out by the pod’s nodeSelector or node affinity.",
      "Change the rule in k8s/",
    ],
    [
      "1 node(s) didn't match pod anti-affinity rules, 1 node(s) didn't satisfy existing pods anti-affinity rules, 1 Too many pods",
      "1 has no room for another pod (maximum number of pods), 2 are ruled out by pod affinity or anti-affinity.",
      "Change the rule in k8s/",
    ],
    [
      "1 node(s) didn't match PersistentVolume's node affinity, 2 Insufficient cpu",
      "2 have too little free CPU, 1 cannot use the pod’s volume.",
      "Lower resources.requests",
    ],
    ["3 Insufficient nvidia.com/gpu", "3 Insufficient nvidia.com/gpu.", "kubectl -n rrr describe pod rrr-2-0"],
  ])("says what is lacking: %s", (reasons, cause, fix) => {
    const finding = only(of3(reasons));
    expect(finding.evidence).toBe(`0/3 nodes are available: ${reasons}`);
    expect(said(finding).cause).toContain(cause);
    expect(said(finding).fix).toContain(fix);
  });

  test("says that there are no nodes", () =>
    expect(said(only("no nodes available to schedule pods")).cause).toBe("The cluster has no nodes to run pods on."));

  test("is the reason for which its rollout is stuck, and not told beside it", () => {
    const stuck = condition("Progressing", "False", "ProgressDeadlineExceeded", "has timed out progressing.");
    const deployment = { ...unready(), status: { ...Object(unready().status), conditions: [stuck] } };
    const flux = kustomization([condition("Ready", "False", "HealthCheckFailed", "health check failed after 1.5s: x")]);
    const objects = [...rolling([pending(of3("3 Insufficient cpu"))], deployment), flux];
    expect(codes({ here: { objects } })).toEqual(["fail pod-unschedulable"]);
  });

  test("is made sure of for as long as autoscalers and pods on their way out take", () => {
    const { findings } = judged({ here: { objects: recorded("unschedulable") }, rules: [podUnschedulable] });
    expect(findings).toMatchObject([{ confirm: { looks: 2, milliseconds: 90_000 } }]);
  });

  test("of a CronJob's runs is told of the CronJob, once, and stops nothing", () => {
    const run = (minute: number): KubeObject[] => {
      const uid = `uid-nightly-${minute}`;
      const pod = pending(of3("3 Insufficient cpu"));
      const job: KubeObject = {
        ...{ apiVersion: "batch/v1", kind: "Job", spec: { completions: 1 }, status: { active: 1 } },
        metadata: {
          ...{ name: `nightly-${minute}`, namespace: "rrr", uid },
          ownerReferences: [{ apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid: "uid-nightly" }],
        },
      };
      return [job, { ...pod, metadata: { ...pod.metadata, uid: `uid-${minute}`, ownerReferences: ownedBy(job) } }];
    };
    const findings = found([...run(1), ...run(2)]);
    expect(findings).toMatchObject([{ severity: "warn", subject: "CronJob/rrr/nightly" }]);
    expect(findings[0]).not.toHaveProperty("stage");
  });
});
