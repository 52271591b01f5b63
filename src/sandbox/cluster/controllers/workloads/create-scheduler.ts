import type { Cluster } from "../runtime/cluster.ts";
import { conditionsOf, withCondition } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, refOf, splitKey } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { nodeFit } from "./node-fit.ts";

const COMPONENT = "default-scheduler";

/** Puts every pod on the one node, if it fits. https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/scheduler/schedule_one.go */
export function createScheduler(cluster: Cluster, nodeName: string): Controller {
  const { store, world, faults } = cluster;
  return {
    name: COMPONENT,
    keysOf: ({ object, type }) => (object.kind === "Pod" && type !== "DELETED" ? [keyOf(object)] : []),
    reconcile: (key) => {
      const pod = store.get({ apiVersion: "v1", kind: "Pod", ...splitKey(key) });
      if (!pod || pod.metadata.deletionTimestamp || boundTo(pod.spec)) {
        return undefined;
      }
      const unfit = faults.unschedulable ?? nodeFit(store, pod, nodeName);
      const now = timestamp(world.clock.now());
      if (unfit !== undefined) {
        const message = `0/1 nodes are available: ${unfit} no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`;
        writeStatus(store, pod, {
          phase: "Pending",
          conditions: withCondition(
            conditionsOf(pod),
            { type: "PodScheduled", status: "False", reason: "Unschedulable", message },
            now,
          ),
        });
        recordEvent(cluster, pod, { type: "Warning", reason: "FailedScheduling", message, component: COMPONENT });
        // Asked again when something may have changed; the real one has a queue for it.
        return 10_000;
      }
      const bound = store.mergePatch(refOf(pod), { spec: { nodeName } });
      writeStatus(store, bound, {
        phase: "Pending",
        conditions: [
          ...conditionsOf(pod).filter(({ type }) => type !== "PodScheduled"),
          { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: now },
        ],
      });
      recordEvent(cluster, pod, {
        type: "Normal",
        reason: "Scheduled",
        message: `Successfully assigned ${key} to ${nodeName}`,
        component: COMPONENT,
      });
      return undefined;
    },
  };
}

function boundTo(spec: unknown): boolean {
  return typeof spec === "object" && spec !== null && "nodeName" in spec && Boolean(spec.nodeName);
}
