import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { conditionsOf, withCondition, withoutCondition } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { refOf, splitKey } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { parseReplicaSet } from "./deployment.ts";
import { keysOfOwner } from "./keys-of-owner.ts";
import { createPodControl } from "./pod-control.ts";
import { finished, isReady, isTerminating } from "./pod-state.ts";
import { SAFE_LETTERS } from "./pod-template.ts";

const COMPONENT = "replicaset-controller";

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/replicaset/replica_set.go */
export function createReplicaSetController(cluster: Cluster): Controller {
  const { store, world } = cluster;
  const control = createPodControl(cluster, COMPONENT);
  return {
    name: COMPONENT,
    keysOf: ({ object }) => keysOfOwner(object, "ReplicaSet"),
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
        control.remove(object, pod);
      }
      report(object, failure);
      return failure === undefined ? undefined : 5_000;
    },
  };

  function podsOf(object: KubeObject): KubeObject[] {
    return control.of(object).filter((pod) => !isTerminating(pod) && finished(pod) === undefined);
  }

  function createPod(object: KubeObject): string | undefined {
    const generateName = `${object.metadata.name}-`;
    const name = `${generateName}${world.random.text(5, SAFE_LETTERS)}`;
    return control.create(object, parseReplicaSet(object).spec.template, { name, generateName });
  }

  function report(object: KubeObject, failure: string | undefined): void {
    const current = store.get(refOf(object));
    if (!current) {
      return;
    }
    const pods = podsOf(object);
    const ready = pods.filter((pod) => isReady(pod)).length;
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
}

/** Those that are not ready go first, then the youngest. */
function doomed(pods: readonly KubeObject[], count: number): KubeObject[] {
  const rank = (pod: KubeObject) => (isReady(pod) ? 1 : 0);
  return [...pods]
    .sort(
      (a, b) =>
        rank(a) - rank(b) || (b.metadata.creationTimestamp ?? "").localeCompare(a.metadata.creationTimestamp ?? ""),
    )
    .slice(0, Math.max(0, count));
}
