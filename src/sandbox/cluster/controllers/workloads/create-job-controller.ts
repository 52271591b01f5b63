import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { type Condition, conditionOf, conditionsOf, withCondition } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { removeFinalizer } from "../runtime/finalizers.ts";
import { keyOf, refOf, splitKey } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { type Job, parseJob } from "./job.ts";
import { conditionsAtEnd, jobEnd } from "./job-end.ts";
import { keysOfOwner } from "./keys-of-owner.ts";
import { createPodControl } from "./pod-control.ts";
import { finished, isReady, isTerminating, restartsOf } from "./pod-state.ts";
import { SAFE_LETTERS } from "./pod-template.ts";

const COMPONENT = "job-controller";
/** A pod stays until its end was counted. https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-tracking-with-finalizers */
const TRACKED = "batch.kubernetes.io/job-tracking";
/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/job/job_controller.go (DefaultJobPodFailureBackOff, MaxJobPodFailureBackOff) */
const BACK_OFF = { first: 10_000, most: 600_000 };

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/job/job_controller.go */
export function createJobController(cluster: Cluster): Controller {
  const { store, world } = cluster;
  const control = createPodControl(cluster, COMPONENT);
  /** Real time, epoch milliseconds, before which a pod that failed is not followed by another. */
  const notBefore = new Map<string, number>();

  return {
    name: COMPONENT,
    keysOf: ({ object }) => keysOfOwner(object, "Job"),
    reconcile: (key) => {
      const object = store.get({ apiVersion: "batch/v1", kind: "Job", ...splitKey(key) });
      if (!object || object.metadata.deletionTimestamp) {
        notBefore.delete(key);
        release(splitKey(key));
        return undefined;
      }
      return conditionOf(object, "Complete") || conditionOf(object, "Failed") ? forget(object) : sync(object);
    },
  };

  /** Pods of a Job that is gone have nobody to count them. */
  function release({ namespace, name }: { namespace: string; name: string }): void {
    for (const pod of store.list("v1", "Pod", { namespace, labels: { "batch.kubernetes.io/job-name": name } })) {
      removeFinalizer(store, pod, TRACKED);
    }
  }

  /** https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/ */
  function forget(object: KubeObject): number | undefined {
    const { ttlSecondsAfterFinished: seconds } = parseJob(object).spec;
    const ended = conditionOf(object, "Complete") ?? conditionOf(object, "Failed");
    if (seconds === undefined || ended?.lastTransitionTime === undefined) {
      return undefined;
    }
    const left = seconds * 1_000 - elapsedSince(ended.lastTransitionTime);
    if (left > 0) {
      return left;
    }
    store.delete(refOf(object));
    return undefined;
  }

  function sync(object: KubeObject): number | undefined {
    const job = parseJob(object);
    if (job.spec.suspend) {
      return suspend(object, job);
    }
    const startTime = job.status.startTime ?? timestamp(world.clock.now());
    const counted = count(object, job);
    const pods = control.of(object).filter((pod) => finished(pod) === undefined && !isTerminating(pod));
    const end = jobEnd(job.spec, {
      ...counted,
      running: pods.length,
      restarts: pods.reduce((sum, pod) => sum + restartsOf(pod), 0),
      milliseconds: elapsedSince(startTime),
    });
    if (end) {
      for (const pod of pods) {
        removeFinalizer(store, pod, TRACKED);
        control.remove(object, pod);
      }
      report(object, { startTime, ...counted, active: 0, ready: 0 }, conditionsAtEnd(end), end.type === "Complete");
      const failed = end.type === "Failed";
      control.tell(
        object,
        failed ? "Warning" : "Normal",
        failed ? end.reason : "Completed",
        failed ? end.message : "Job completed",
      );
      return job.spec.ttlSecondsAfterFinished === undefined ? undefined : 0;
    }
    const wait = (notBefore.get(keyOf(object)) ?? 0) - world.clock.now().getTime();
    const missing = wantedPods(job, counted.succeeded) - pods.length;
    if (wait <= 0) {
      for (let count = 0; count < missing; count++) {
        create(object, job);
      }
    }
    const running = control.of(object).filter((pod) => finished(pod) === undefined && !isTerminating(pod));
    report(object, { startTime, ...counted, active: running.length, ready: running.filter(isReady).length }, []);
    const deadline = job.spec.activeDeadlineSeconds;
    const waits = [
      ...(missing > 0 && wait > 0 ? [wait * world.clock.speed] : []),
      ...(deadline === undefined ? [] : [Math.max(0, deadline * 1_000 - elapsedSince(startTime))]),
    ];
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  /** Counts what has ended since the last look, and lets those pods go. */
  function count(object: KubeObject, { status }: Job): { succeeded: number; failed: number } {
    let { succeeded, failed } = status;
    for (const pod of control.of(object).filter(({ metadata }) => metadata.finalizers?.includes(TRACKED))) {
      const how = finished(pod);
      // One that is deleted while it runs has failed.
      if (how === undefined && !isTerminating(pod)) {
        continue;
      }
      if (how === "Succeeded") {
        succeeded += 1;
      } else {
        failed += 1;
        const delay = Math.min(BACK_OFF.first * 2 ** (failed - 1), BACK_OFF.most);
        notBefore.set(keyOf(object), world.clock.now().getTime() + delay / world.clock.speed);
      }
      removeFinalizer(store, pod, TRACKED);
    }
    return { succeeded, failed };
  }

  function create(object: KubeObject, { spec }: Job): void {
    const generateName = `${object.metadata.name}-`;
    control.create(object, spec.template, {
      name: `${generateName}${world.random.text(5, SAFE_LETTERS)}`,
      generateName,
      finalizers: [TRACKED],
    });
  }

  function suspend(object: KubeObject, job: Job): undefined {
    for (const pod of control.of(object).filter((one) => finished(one) === undefined)) {
      removeFinalizer(store, pod, TRACKED);
      control.remove(object, pod);
    }
    const { succeeded, failed } = job.status;
    const condition = { type: "Suspended", status: "True" as const, reason: "JobSuspended", message: "Job suspended" };
    if (conditionOf(object, "Suspended")?.status !== "True") {
      control.tell(object, "Normal", "Suspended", "Job suspended");
    }
    report(object, { startTime: undefined, succeeded, failed, active: 0, ready: 0 }, [condition]);
  }

  function report(
    object: KubeObject,
    counts: { startTime: string | undefined; succeeded: number; failed: number; active: number; ready: number },
    news: readonly Condition[],
    complete = false,
  ): void {
    const fresh = store.get(refOf(object));
    if (!fresh) {
      return;
    }
    const now = timestamp(world.clock.now());
    const resumed: Condition[] =
      counts.startTime !== undefined && conditionOf(fresh, "Suspended")?.status === "True"
        ? [{ type: "Suspended", status: "False", reason: "JobResumed", message: "Job resumed" }]
        : [];
    const conditions = [...resumed, ...news].reduce(
      (before: readonly Condition[], next) =>
        withCondition(before, next, now).map((one) => (one.type === next.type ? { lastProbeTime: now, ...one } : one)),
      conditionsOf(fresh),
    );
    writeStatus(store, fresh, {
      ...(counts.active > 0 ? { active: counts.active } : {}),
      ...(complete ? { completionTime: now } : {}),
      ...(conditions.length > 0 ? { conditions } : {}),
      ...(counts.failed > 0 ? { failed: counts.failed } : {}),
      ready: counts.ready,
      startTime: counts.startTime,
      ...(counts.succeeded > 0 ? { succeeded: counts.succeeded } : {}),
      terminating: 0,
      uncountedTerminatedPods: {},
    });
  }

  /** Simulated milliseconds. */
  function elapsedSince(time: string): number {
    return (world.clock.now().getTime() - Date.parse(time)) * world.clock.speed;
  }
}

function wantedPods({ spec }: Job, succeeded: number): number {
  if (spec.completions == null) {
    return succeeded > 0 ? 0 : spec.parallelism;
  }
  return Math.min(spec.parallelism, Math.max(0, spec.completions - succeeded));
}
