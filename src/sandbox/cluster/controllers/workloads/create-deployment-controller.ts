import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { conditionOf, conditionsOf } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { refOf, splitKey } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { amount, type Deployment, isOwnedBy, ownerReference, parseDeployment, parseReplicaSet } from "./deployment.ts";
import { type DeploymentCondition, deploymentConditions } from "./deployment-conditions.ts";
import { keysOfOwner } from "./keys-of-owner.ts";
import { stable, templateHash } from "./pod-template.ts";
import { planRollingUpdate } from "./scale-plan.ts";

const COMPONENT = "deployment-controller";
const REVISION = "deployment.kubernetes.io/revision";

/** https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/controller/deployment */
export function createDeploymentController(cluster: Cluster): Controller {
  const { store, world } = cluster;
  return {
    name: COMPONENT,
    keysOf: ({ object }) => keysOfOwner(object, "Deployment"),
    reconcile: (key) => {
      const object = store.get({ apiVersion: "apps/v1", kind: "Deployment", ...splitKey(key) });
      if (!object || object.metadata.deletionTimestamp) {
        return undefined;
      }
      const deployment = parseDeployment(object);
      const before = owned(object);
      const found = before.find((set) => sameTemplate(set, deployment));
      const created = found === undefined && !deployment.spec.paused;
      const next = found ?? (created ? createReplicaSet(object, deployment, before) : undefined);
      if (next) {
        noteRevision(object, next, before);
        if (!deployment.spec.paused) {
          scale(object, deployment, next);
        }
      }
      return report(object, deployment, next?.metadata.name ?? "", created);
    },
  };

  function owned(object: KubeObject): KubeObject[] {
    return store
      .list("apps/v1", "ReplicaSet", { namespace: object.metadata.namespace })
      .filter((set) => isOwnedBy(set, object) && !set.metadata.deletionTimestamp);
  }

  function createReplicaSet(object: KubeObject, { spec }: Deployment, others: readonly KubeObject[]): KubeObject {
    const hash = templateHash(spec.template);
    const labels = { ...spec.template.metadata.labels, "pod-template-hash": hash };
    const { type } = spec.strategy;
    const surge = amount(spec.strategy.rollingUpdate?.maxSurge, spec.replicas, "up");
    const running = others.reduce((sum, set) => sum + parseReplicaSet(set).spec.replicas, 0);
    const replicas =
      type === "Recreate" && running > 0 ? 0 : Math.min(spec.replicas, Math.max(0, spec.replicas + surge - running));
    const made = store.create({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: {
        name: `${object.metadata.name}-${hash}`,
        namespace: object.metadata.namespace,
        labels,
        annotations: {
          "deployment.kubernetes.io/desired-replicas": String(spec.replicas),
          "deployment.kubernetes.io/max-replicas": String(spec.replicas + surge),
          [REVISION]: String(Math.max(0, ...others.map(revisionOf)) + 1),
        },
        ownerReferences: [ownerReference(object)],
      },
      spec: {
        replicas,
        selector: { matchLabels: { ...spec.selector.matchLabels, "pod-template-hash": hash } },
        template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
      },
    });
    if (replicas > 0) {
      tell(object, `Scaled up replica set ${made.metadata.name} from 0 to ${replicas}`);
    }
    return made;
  }

  function noteRevision(object: KubeObject, next: KubeObject, all: readonly KubeObject[]): void {
    const newest = Math.max(0, ...all.filter((set) => set.metadata.name !== next.metadata.name).map(revisionOf));
    const revision = Math.max(revisionOf(next), revisionOf(next) > newest ? 0 : newest + 1);
    if (revision !== revisionOf(next)) {
      store.mergePatch(refOf(next), { metadata: { annotations: { [REVISION]: String(revision) } } });
    }
    if (object.metadata.annotations?.[REVISION] !== String(revision)) {
      store.mergePatch(refOf(object), { metadata: { annotations: { [REVISION]: String(revision) } } });
    }
  }

  function scale(object: KubeObject, { spec }: Deployment, next: KubeObject): void {
    const old = owned(object).filter((set) => set.metadata.name !== next.metadata.name);
    const fresh = store.get(refOf(next)) ?? next;
    const describe = (set: KubeObject) => {
      const { spec: wanted, status } = parseReplicaSet(set);
      return { name: set.metadata.name, replicas: wanted.replicas, available: status.availableReplicas };
    };
    const maxSurge = amount(spec.strategy.rollingUpdate?.maxSurge, spec.replicas, "up");
    const plan =
      spec.strategy.type === "Recreate"
        ? planRecreate(spec.replicas, fresh, old)
        : planRollingUpdate({
            wanted: spec.replicas,
            maxSurge,
            maxUnavailable: amount(spec.strategy.rollingUpdate?.maxUnavailable, spec.replicas, "down"),
            next: describe(fresh),
            old: old.map(describe),
          });
    for (const set of [fresh, ...old]) {
      const from = parseReplicaSet(set).spec.replicas;
      const to = plan.get(set.metadata.name) ?? from;
      if (to !== from) {
        store.mergePatch(refOf(set), { spec: { replicas: to } });
        tell(object, `Scaled ${to > from ? "up" : "down"} replica set ${set.metadata.name} from ${from} to ${to}`);
      }
    }
    const idle = old
      .filter((set) => parseReplicaSet(set).spec.replicas === 0 && parseReplicaSet(set).status.replicas === 0)
      .sort((a, b) => revisionOf(a) - revisionOf(b));
    for (const set of idle.slice(0, Math.max(0, idle.length - spec.revisionHistoryLimit))) {
      store.delete(refOf(set));
    }
  }

  function planRecreate(wanted: number, next: KubeObject, old: readonly KubeObject[]): Map<string, number> {
    const plan = new Map(old.map((set) => [set.metadata.name, 0]));
    const gone = old.every((set) => parseReplicaSet(set).status.replicas === 0);
    plan.set(next.metadata.name, gone ? wanted : parseReplicaSet(next).spec.replicas);
    return plan;
  }

  function report(object: KubeObject, { spec }: Deployment, name: string, created: boolean): number | undefined {
    const sets = owned(object).map((set) => ({ set, parsed: parseReplicaSet(set) }));
    const sum = (count: (status: ReturnType<typeof parseReplicaSet>["status"]) => number) =>
      sets.reduce((total, { parsed }) => total + count(parsed.status), 0);
    const next = sets.find(({ set }) => set.metadata.name === name);
    const current = store.get(refOf(object));
    if (!current) {
      return undefined;
    }
    const replicas = sum((status) => status.replicas);
    const available = sum((status) => status.availableReplicas);
    const ready = sum((status) => status.readyReplicas);
    const updated = next?.parsed.status.replicas ?? 0;
    const last = counts(current.status);
    const progressed =
      updated > last.updatedReplicas ||
      replicas - updated < last.replicas - last.updatedReplicas ||
      ready > last.readyReplicas ||
      available > last.availableReplicas;
    const before: DeploymentCondition[] = conditionsOf(current);
    const conditions = deploymentConditions(
      before,
      {
        name,
        created,
        wanted: spec.replicas,
        total: replicas,
        updated,
        available,
        ready,
        maxUnavailable: amount(spec.strategy.rollingUpdate?.maxUnavailable, spec.replicas, "down"),
        deadlineSeconds: spec.progressDeadlineSeconds,
        failure: conditionOf(next?.set, "ReplicaFailure")?.message,
        paused: spec.paused,
      },
      progressed,
      world.clock.now(),
      world.clock.speed,
    );
    const unavailable = Math.max(0, spec.replicas - available);
    writeStatus(store, current, {
      observedGeneration: object.metadata.generation,
      ...(replicas > 0 ? { replicas } : {}),
      ...(updated > 0 ? { updatedReplicas: updated } : {}),
      ...(ready > 0 ? { readyReplicas: ready } : {}),
      ...(available > 0 ? { availableReplicas: available } : {}),
      ...(unavailable > 0 ? { unavailableReplicas: unavailable } : {}),
      conditions,
    });
    const progressing = conditions.find(({ type }) => type === "Progressing");
    return progressing?.reason === "NewReplicaSetAvailable" || progressing?.status === "False"
      ? undefined
      : spec.progressDeadlineSeconds * 1_000;
  }

  function tell(object: KubeObject, message: string): void {
    recordEvent(cluster, object, { type: "Normal", reason: "ScalingReplicaSet", message, component: COMPONENT });
  }
}

const revisionOf = (set: KubeObject) => Number(set.metadata.annotations?.[REVISION] ?? 0);

function sameTemplate(set: KubeObject, { spec }: Deployment): boolean {
  const { template } = parseReplicaSet(set).spec;
  const { "pod-template-hash": _, ...labels } = template.metadata.labels;
  return stable({ ...template, metadata: { ...template.metadata, labels } }) === stable(spec.template);
}

function counts(status: unknown) {
  const read = (name: string) => {
    const value: unknown =
      typeof status === "object" && status !== null ? new Map<string, unknown>(Object.entries(status)).get(name) : 0;
    return typeof value === "number" ? value : 0;
  };
  return {
    replicas: read("replicas"),
    updatedReplicas: read("updatedReplicas"),
    readyReplicas: read("readyReplicas"),
    availableReplicas: read("availableReplicas"),
  };
}
