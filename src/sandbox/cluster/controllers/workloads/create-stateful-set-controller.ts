import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";
import { refOf, splitKey } from "../runtime/key.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { type ControllerRevision, reviseTemplate } from "./controller-revisions.ts";
import { keysOfOwner } from "./keys-of-owner.ts";
import { createPodControl } from "./pod-control.ts";
import { finished, isReady, isTerminating } from "./pod-state.ts";
import type { PodTemplate } from "./pod-template.ts";
import { parseStatefulSet, type StatefulSet } from "./stateful-set.ts";
import { type Member, planStatefulSet } from "./stateful-set-plan.ts";

const COMPONENT = "statefulset-controller";
const REVISION = "controller-revision-hash";
const RETRY_MILLISECONDS = 5_000;

/** https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/controller/statefulset */
export function createStatefulSetController(cluster: Cluster): Controller {
  const { store } = cluster;
  // https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/statefulset/stateful_pod_control.go (recordPodEvent)
  const told = (verb: string, name: string, owner: KubeObject, how: string) =>
    `${verb} Pod ${name} in StatefulSet ${owner.metadata.name} ${how}`;
  const control = createPodControl(cluster, COMPONENT, {
    created: (name, owner) => told("create", name, owner, "successful"),
    deleted: (name, owner) => told("delete", name, owner, "successful"),
    refused: (why, name, owner) => told("create", name, owner, `failed error: ${why}`),
  });

  return {
    name: COMPONENT,
    keysOf: ({ object }) => keysOfOwner(object, "StatefulSet"),
    reconcile: (key) => {
      const object = store.get({ apiVersion: "apps/v1", kind: "StatefulSet", ...splitKey(key) });
      if (!object || object.metadata.deletionTimestamp) {
        return undefined;
      }
      const set = parseStatefulSet(object);
      const { updateStrategy } = set.spec;
      const partition = updateStrategy.rollingUpdate?.partition ?? 0;
      const pods = control.of(object);
      const { newest, older } = reviseTemplate(cluster, object, set.spec.template, {
        labels: set.spec.selector.matchLabels,
        limit: set.spec.revisionHistoryLimit,
        live: [set.status.currentRevision ?? "", ...pods.map(revisionOf)],
      });
      const current = older.find(({ object }) => object.metadata.name === set.status.currentRevision) ?? newest;
      const steps = planStatefulSet({
        members: pods.map(memberOf),
        start: set.spec.ordinals.start,
        replicas: set.spec.replicas,
        ordered: set.spec.podManagementPolicy !== "Parallel",
        ...(updateStrategy.type === "OnDelete" ? {} : { update: { revision: newest.object.metadata.name, partition } }),
      });
      let refused = false;
      for (const step of steps) {
        if (step.do === "create") {
          const held = updateStrategy.type !== "OnDelete" && step.ordinal - set.spec.ordinals.start < partition;
          refused ||= create(object, set, step.ordinal, held ? current : newest) !== undefined;
        } else {
          const pod = pods.find(({ metadata }) => metadata.name === step.name);
          if (pod) {
            control.remove(object, pod);
          }
        }
      }
      report(object, set, current, newest);
      return refused ? RETRY_MILLISECONDS : undefined;
    },
  };

  function create(object: KubeObject, set: StatefulSet, ordinal: number, revision: ControllerRevision) {
    const name = `${object.metadata.name}-${ordinal}`;
    const claims = set.spec.volumeClaimTemplates.map(({ metadata }) => metadata.name);
    for (const claim of set.spec.volumeClaimTemplates) {
      claimVolume(object, set, `${claim.metadata.name}-${name}`, claim.spec);
    }
    const { template } = revision;
    const spec: PodTemplate["spec"] = {
      ...template.spec,
      hostname: name,
      ...(set.spec.serviceName === undefined ? {} : { subdomain: set.spec.serviceName }),
      ...(claims.length === 0
        ? {}
        : { volumes: [...claims.map((claim) => volume(claim, name)), ...others(template, claims)] }),
    };
    return control.create(
      object,
      { ...template, spec },
      {
        name,
        labels: {
          "apps.kubernetes.io/pod-index": String(ordinal),
          [REVISION]: revision.object.metadata.name,
          "statefulset.kubernetes.io/pod-name": name,
        },
      },
    );
  }

  /** Bound at once, to nothing: no volume is ever mounted here. */
  function claimVolume({ metadata }: KubeObject, set: StatefulSet, name: string, spec: unknown): void {
    const key = { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: metadata.namespace, name };
    if (store.get(key)) {
      return;
    }
    const { namespace } = metadata;
    store.create({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name, namespace, labels: set.spec.selector.matchLabels },
      spec,
    });
    store.updateStatus(key, { phase: "Bound" });
  }

  function report(
    object: KubeObject,
    { spec }: StatefulSet,
    current: ControllerRevision,
    newest: ControllerRevision,
  ): void {
    const fresh = store.get(refOf(object));
    if (!fresh) {
      return;
    }
    const pods = control.of(object);
    const running = pods.filter((pod) => isReady(pod)).length;
    const of = (revision: ControllerRevision) =>
      pods.filter((pod) => !isTerminating(pod) && revisionOf(pod) === revision.object.metadata.name).length;
    const updated = of(newest);
    // https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/statefulset/stateful_set_utils.go (completeRollingUpdate)
    const complete =
      spec.updateStrategy.type === "RollingUpdate" &&
      [updated, running, pods.length].every((count) => count === spec.replicas);
    const shown = complete ? newest : current;
    const now = of(shown);
    writeStatus(store, fresh, {
      observedGeneration: object.metadata.generation,
      replicas: pods.length,
      ...(running > 0 ? { readyReplicas: running } : {}),
      ...(now > 0 ? { currentReplicas: now } : {}),
      ...(updated > 0 ? { updatedReplicas: updated } : {}),
      currentRevision: shown.object.metadata.name,
      updateRevision: newest.object.metadata.name,
      collisionCount: 0,
      availableReplicas: running,
    });
  }
}

const revisionOf = (pod: KubeObject) => pod.metadata.labels?.[REVISION] ?? "";

function memberOf(pod: KubeObject): Member {
  const { name } = pod.metadata;
  return {
    name,
    ordinal: Number(name.slice(name.lastIndexOf("-") + 1)),
    revision: revisionOf(pod),
    ready: isReady(pod),
    finished: finished(pod) !== undefined,
    terminating: isTerminating(pod),
  };
}

const volume = (claim: string, pod: string) => ({
  name: claim,
  persistentVolumeClaim: { claimName: `${claim}-${pod}` },
});

/** A claim's volume takes the place of one of the same name. */
function others({ spec }: PodTemplate, claims: readonly string[]): unknown[] {
  const volumes: unknown = spec.volumes;
  return Array.isArray(volumes) ? volumes.filter((each: { name?: string }) => !claims.includes(each.name ?? "")) : [];
}
