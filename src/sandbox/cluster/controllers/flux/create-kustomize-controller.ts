import type { KubeObject, StoreEvent } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { conditionOf } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { addFinalizer, removeFinalizer } from "../runtime/finalizers.ts";
import { formatGoDuration, parseGoDuration } from "../runtime/go-duration.ts";
import { keyOf, refOf, splitKey } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import type { Artifacts } from "./artifacts.ts";
import { type Look, untilDue } from "./due.ts";
import { ReconcileFailure } from "./failure.ts";
import { checkDependencies, findArtifact } from "./find-artifact.ts";
import { parseGitRepository } from "./git-repository.ts";
import { entryKey, formatKey } from "./inventory.ts";
import { type Kustomization, parseFluxKustomization } from "./kustomization.ts";
import { kustomizationStatus } from "./kustomization-status.ts";
import { pruneObjects } from "./prune-objects.ts";
import { owner, reconcileKustomization } from "./reconcile-kustomization.ts";
import { reconcileRequest } from "./reconcile-request.ts";

const API_VERSION = "kustomize.toolkit.fluxcd.io/v1";
const FINALIZER = "finalizers.fluxcd.io";
const COMPONENT = "kustomize-controller";

/** Flux's kustomize-controller: builds, applies, prunes, waits for health. */
export function createKustomizeController(cluster: Cluster, artifacts: Artifacts): Controller {
  const { store, world } = cluster;
  const looks = new Map<string, Look>();

  return {
    name: COMPONENT,
    keysOf,
    reconcile: async (key) => {
      const object = store.get({ apiVersion: API_VERSION, kind: "Kustomization", ...splitKey(key) });
      if (!object) {
        looks.delete(key);
        return undefined;
      }
      const kustomization = parseFluxKustomization(object);
      if (object.metadata.deletionTimestamp) {
        looks.delete(key);
        finalize(object, kustomization);
        return undefined;
      }
      if (addFinalizer(store, object, FINALIZER)) {
        return 0;
      }
      const request = reconcileRequest(object);
      if (kustomization.spec.suspend) {
        // Resuming is a new generation, so what was due meanwhile is looked at then.
        noteSuspended(object, request);
        return undefined;
      }
      const generation = object.metadata.generation;
      const input = revisionOf(object, kustomization);
      const now = { generation, request, input, at: world.clock.now().getTime(), speed: world.clock.speed };
      const last = looks.get(key);
      const wait = untilDue(last, now);
      if (wait > 0) {
        return wait;
      }
      const next = await lookAt(object, kustomization, request);
      const nextAt = world.clock.now().getTime() + next / world.clock.speed;
      looks.set(key, { generation, request, input, nextAt, failures: 0 });
      return next;
    },
  };

  /** https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/internal/controller/kustomization_controller.go (finalizeStatus) */
  function noteSuspended(object: KubeObject, request: string | undefined): void {
    const isReady = conditionOf(object, "Ready")?.status === "True";
    kustomizationStatus(cluster, object).write({
      ...(request === undefined ? {} : { lastHandledReconcileAt: request }),
      ...(isReady ? { observedGeneration: object.metadata.generation } : {}),
    });
  }

  function keysOf({ object }: StoreEvent): string[] {
    if (object.kind === "Kustomization" && object.apiVersion.startsWith("kustomize.toolkit.fluxcd.io/")) {
      return [keyOf(object)];
    }
    if (object.kind !== "GitRepository") {
      return [];
    }
    return store
      .list(API_VERSION, "Kustomization")
      .filter((candidate) => {
        const { sourceRef } = parseFluxKustomization(candidate).spec;
        const namespace = sourceRef.namespace ?? candidate.metadata.namespace;
        return sourceRef.name === object.metadata.name && namespace === object.metadata.namespace;
      })
      .map(keyOf);
  }

  /** Only a new revision of the source is news; its failures are not. */
  function revisionOf(object: KubeObject, { spec }: Kustomization): string {
    const { kind, name, namespace = object.metadata.namespace ?? "" } = spec.sourceRef;
    const source =
      kind === "GitRepository"
        ? store.get({ apiVersion: "source.toolkit.fluxcd.io/v1", kind, namespace, name })
        : undefined;
    return source ? (parseGitRepository(source).status.artifact?.revision ?? "") : "";
  }

  async function lookAt(
    object: KubeObject,
    kustomization: Kustomization,
    request: string | undefined,
  ): Promise<number> {
    const { spec } = kustomization;
    const interval = parseGoDuration(spec.interval, 600_000);
    const retry = parseGoDuration(spec.retryInterval, interval);
    // https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/api/v1/kustomization_types.go (GetTimeout)
    const timeout = Math.max(parseGoDuration(spec.timeout, interval - 30_000), 30_000);
    const status = kustomizationStatus(cluster, object);
    const began = world.clock.now().getTime();
    let revision = "";
    const tell = (message: string, type: "Normal" | "Warning" = "Normal", more: Record<string, string> = {}) => {
      const reason = conditionOf(store.get(refOf(object)), "Ready")?.reason ?? "info";
      const annotations = revision === "" ? undefined : { ...more, "kustomize.toolkit.fluxcd.io/revision": revision };
      recordEvent(cluster, object, { type, reason, message, component: COMPONENT, annotations });
    };
    try {
      const artifact = findArtifact(store, object, kustomization);
      revision = artifact.revision;
      const dependency = checkDependencies(store, object, kustomization, revision);
      if (dependency !== undefined) {
        status.set({ type: "Ready", status: "False", reason: "DependencyNotReady", message: dependency });
        tell("Dependencies do not meet ready condition, retrying in 30s");
        throw new ReconcileFailure("DependencyNotReady", dependency, { retryAfter: 30_000, told: false });
      }
      await reconcileKustomization(cluster, { object, kustomization, artifact, artifacts, status, timeout, tell });
      status.drop("Reconciling");
      status.write({
        observedGeneration: object.metadata.generation,
        ...(request && { lastHandledReconcileAt: request }),
      });
      const took = formatGoDuration((world.clock.now().getTime() - began) * world.clock.speed);
      tell(`Reconciliation finished in ${took}, next run in ${formatGoDuration(interval)}`, "Normal", {
        "kustomize.toolkit.fluxcd.io/commit_status": "update",
      });
      return interval;
    } catch (error) {
      if (!(error instanceof ReconcileFailure)) {
        throw error;
      }
      const { reason, message } = error;
      status.set({ type: "Ready", status: "False", reason, message });
      const reconciling = conditionOf(store.get(refOf(object)), "Reconciling");
      if (reconciling) {
        const { message: doing } = reconciling;
        status.set({ type: "Reconciling", status: "True", reason: "ProgressingWithRetry", message: doing });
      }
      if (request) {
        status.write({ lastHandledReconcileAt: request });
      }
      if (error.told && status.alive) {
        tell(message, "Warning");
      }
      return error.retryAfter ?? retry;
    }
  }

  function finalize(object: KubeObject, { spec, status }: Kustomization): void {
    const keys = (status.inventory?.entries ?? []).map(entryKey);
    const namespace = object.metadata.namespace ?? "";
    const name = spec.serviceAccountName;
    const account = name === undefined ? undefined : { namespace, name };
    // Without the account to impersonate nothing is pruned, and the finalizer goes all the same.
    const canAct = !name || store.get({ apiVersion: "v1", kind: "ServiceAccount", namespace, name }) !== undefined;
    if (spec.prune && !spec.suspend && keys.length > 0 && canAct) {
      const deleted = pruneObjects(store, keys, owner(object), account).filter(({ action }) => action === "deleted");
      if (deleted.length > 0) {
        recordEvent(cluster, object, {
          type: "Normal",
          reason: conditionOf(object, "Ready")?.reason ?? "info",
          message: deleted.map((change) => `${formatKey(change.key)} deleted`).join("\n"),
          component: COMPONENT,
        });
      }
    }
    removeFinalizer(store, object, FINALIZER);
  }
}
