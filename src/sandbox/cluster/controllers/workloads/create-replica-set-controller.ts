import { ApiStatusError } from "../../status-error.ts";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { conditionOf, conditionsOf, withCondition, withoutCondition } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, refOf, splitKey } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { isOwnedBy, ownerReference, parseReplicaSet } from "./deployment.ts";
import { SAFE_LETTERS } from "./pod-template.ts";

const COMPONENT = "replicaset-controller";

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/replicaset/replica_set.go */
export function createReplicaSetController(cluster: Cluster): Controller {
  const { store, world } = cluster;
  return {
    name: COMPONENT,
    keysOf: ({ object }) => {
      if (object.kind === "ReplicaSet") {
        return [keyOf(object)];
      }
      const owner =
        object.kind === "Pod" ? object.metadata.ownerReferences?.find(({ controller }) => controller) : undefined;
      return owner?.kind === "ReplicaSet" ? [`${object.metadata.namespace ?? ""}/${owner.name}`] : [];
    },
    reconcile: (key) => {
      const object = store.get({ apiVersion: "apps/v1", kind: "ReplicaSet", ...splitKey(key) });
      if (!object || object.metadata.deletionTimestamp) {
        return undefined;
      }
      const { spec } = parseReplicaSet(object);
      const pods = podsOf(object);
      let failure: string | undefined;
      for (let missing = spec.replicas - pods.length; missing > 0 && failure === undefined; missing--) {
        failure = createPod(object);
      }
      for (const pod of doomed(pods, pods.length - spec.replicas)) {
        store.delete(refOf(pod));
        tell(object, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.metadata.name}`);
      }
      report(object, failure);
      return failure === undefined ? undefined : 5_000;
    },
  };

  function podsOf(object: KubeObject): KubeObject[] {
    return store
      .list("v1", "Pod", { namespace: object.metadata.namespace })
      .filter((pod) => isOwnedBy(pod, object) && !pod.metadata.deletionTimestamp && !isFinished(pod));
  }

  function createPod(object: KubeObject): string | undefined {
    const { template } = parseReplicaSet(object).spec;
    const name = `${object.metadata.name}-${world.random.text(5, SAFE_LETTERS)}`;
    const namespace = object.metadata.namespace ?? "";
    try {
      store.create({
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
          ...template.metadata,
          name,
          generateName: `${object.metadata.name}-`,
          namespace,
          ownerReferences: [ownerReference(object)],
        },
        spec: template.spec,
      });
    } catch (error) {
      if (!(error instanceof ApiStatusError)) {
        throw error;
      }
      return fail(object, error.message);
    }
    tell(object, "Normal", "SuccessfulCreate", `Created pod: ${name}`);
    return undefined;
  }

  function fail(object: KubeObject, message: string): string {
    tell(object, "Warning", "FailedCreate", `Error creating: ${message}`);
    return message;
  }

  function report(object: KubeObject, failure: string | undefined): void {
    const current = store.get(refOf(object));
    if (!current) {
      return;
    }
    const pods = podsOf(object);
    const ready = pods.filter((pod) => conditionOf(pod, "Ready")?.status === "True").length;
    const now = timestamp(world.clock.now());
    const before = conditionsOf(current);
    const conditions =
      failure === undefined
        ? withoutCondition(before, "ReplicaFailure")
        : withCondition(
            before,
            { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: failure },
            now,
          );
    writeStatus(store, current, {
      replicas: pods.length,
      ...(pods.length > 0 ? { fullyLabeledReplicas: pods.length } : {}),
      ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
      observedGeneration: object.metadata.generation,
      ...(conditions.length > 0 ? { conditions } : {}),
    });
  }

  function tell(object: KubeObject, type: "Normal" | "Warning", reason: string, message: string): void {
    recordEvent(cluster, object, { type, reason, message, component: COMPONENT });
  }
}

/** Those that are not ready go first, then the youngest. */
function doomed(pods: readonly KubeObject[], count: number): KubeObject[] {
  const rank = (pod: KubeObject) => (conditionOf(pod, "Ready")?.status === "True" ? 1 : 0);
  return [...pods]
    .sort(
      (a, b) =>
        rank(a) - rank(b) || (b.metadata.creationTimestamp ?? "").localeCompare(a.metadata.creationTimestamp ?? ""),
    )
    .slice(0, Math.max(0, count));
}

function isFinished(pod: KubeObject): boolean {
  const status: unknown = pod.status;
  return (
    typeof status === "object" &&
    status !== null &&
    "phase" in status &&
    (status.phase === "Failed" || status.phase === "Succeeded")
  );
}
