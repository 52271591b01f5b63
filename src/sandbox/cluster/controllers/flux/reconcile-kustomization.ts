import { createHash } from "node:crypto";
import type { KubeObject, ObjectKey } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { conditionOf } from "../runtime/conditions.ts";
import { formatGoDuration } from "../runtime/go-duration.ts";
import { refOf } from "../runtime/key.ts";
import { applyObjects, type Change, sortForApply } from "./apply-objects.ts";
import type { Artifacts } from "./artifacts.ts";
import { buildObjects, checkPath } from "./build-objects.ts";
import { ReconcileFailure } from "./failure.ts";
import type { Artifact } from "./git-repository.ts";
import { addHistory } from "./history.ts";
import { entryKey, formatKey, inventoryEntry } from "./inventory.ts";
import type { Kustomization } from "./kustomization.ts";
import type { KustomizationStatus } from "./kustomization-status.ts";
import { pruneObjects } from "./prune-objects.ts";
import { waitForHealth } from "./wait-for-health.ts";

/** What the real one takes for the steps before the health check, simulated milliseconds. */
const STEP_MILLISECONDS = 300;

/**
 * Brings the cluster to `artifact`'s revision; throws a ReconcileFailure with the Ready condition's reason and message.
 * https://github.com/fluxcd/kustomize-controller/blob/v1.7.3/internal/controller/kustomization_controller.go (reconcile)
 */
export async function reconcileKustomization(
  cluster: Cluster,
  options: {
    object: KubeObject;
    kustomization: Kustomization;
    artifact: Artifact;
    artifacts: Artifacts;
    status: KustomizationStatus;
    timeout: number;
    tell: (message: string) => void;
  },
): Promise<void> {
  const { object, kustomization, artifact, status, timeout, tell } = options;
  const { spec } = kustomization;
  const { revision } = artifact;
  const { store, world } = cluster;
  const within = `for revision ${revision} with a timeout of ${formatGoDuration(timeout)}`;
  const began = world.clock.now().getTime();
  const elapsed = () => formatGoDuration((world.clock.now().getTime() - began) * world.clock.speed);

  status.set({ type: "Ready", status: "Unknown", reason: "Progressing", message: "Reconciliation in progress" });
  status.progress(`Fetching manifests ${within}`);
  await world.clock.sleep(STEP_MILLISECONDS, cluster.signal);
  const directory = options.artifacts.directoryOf(artifact.url);
  if (directory === undefined) {
    throw new ReconcileFailure("ArtifactFailed", "Source is not ready, artifact not found, retrying in 30s", {
      retryAfter: 30_000,
      told: false,
    });
  }
  const temporary = `/tmp/kustomization-${world.random.text(9, "123456789")}`;
  checkPath(kustomization, directory, temporary);
  status.progress(`Building manifests ${within}`, { lastAttemptedRevision: revision });
  const objects = buildObjects(object, kustomization, directory, temporary);
  status.progress(`Detecting drift ${within}`);

  const digest = `sha256:${createHash("sha256").update(JSON.stringify(objects)).digest("hex")}`;
  const history = (reason: string) => addHistory(cluster, object, { digest, reason, revision, elapsed: elapsed() });
  const failed = (reason: string, error: unknown): never => {
    history(reason);
    throw new ReconcileFailure(reason, error instanceof Error ? error.message : String(error));
  };

  const serviceAccount =
    spec.serviceAccountName === undefined
      ? undefined
      : { namespace: object.metadata.namespace ?? "", name: spec.serviceAccountName };
  let changes: Change[];
  try {
    changes = applyObjects(store, objects, {
      serviceAccount,
      fieldManager: "kustomize-controller",
      force: spec.force,
    });
  } catch (error) {
    // The real message goes on with what was changed before it failed: an empty line.
    return failed("ReconciliationFailed", `${error instanceof Error ? error.message : String(error)}\n`);
  }
  const changed = changes.filter(({ action }) => action === "created" || action === "configured");
  if (changed.length > 0) {
    tell(changed.map(({ key, action }) => `${formatKey(key)} ${action}`).join("\n"));
  }

  const entries = sortForApply(objects).map(inventoryEntry);
  const old = kustomization.status.inventory?.entries ?? [];
  const stale = old.filter(({ id }) => !entries.some((entry) => entry.id === id)).map(entryKey);
  status.write({ inventory: { entries } });
  if (spec.prune && stale.length > 0) {
    try {
      const pruned = pruneObjects(store, stale, owner(object), serviceAccount);
      const deleted = pruned.filter(({ action }) => action === "deleted");
      if (deleted.length > 0) {
        tell(deleted.map(({ key }) => `${formatKey(key)} deleted`).join("\n"));
      }
    } catch (error) {
      return failed("PruneFailed", error);
    }
  }

  await checkHealth(changes.filter(({ action }) => action !== "skipped").map(({ key }) => key));
  status.write({ lastAppliedRevision: revision });
  status.set({
    type: "Ready",
    status: "True",
    reason: "ReconciliationSucceeded",
    message: `Applied revision: ${revision}`,
  });
  history("ReconciliationSucceeded");

  async function checkHealth(applied: readonly ObjectKey[]): Promise<void> {
    const keys = spec.wait
      ? applied
      : spec.healthChecks.map(({ apiVersion = "apps/v1", kind, name, namespace }) => ({
          apiVersion,
          kind,
          name,
          namespace: namespace ?? object.metadata.namespace ?? "",
        }));
    if (keys.length === 0) {
      status.drop("Healthy");
      return;
    }
    const wasHealthy = conditionOf(store.get(refOf(object)), "Healthy")?.status === "True";
    const message = `Running health checks ${within}`;
    status.progress(message);
    status.set({ type: "Healthy", status: "Unknown", reason: "Progressing", message });
    const from = world.clock.now().getTime();
    const unhealthy = await waitForHealth(cluster, keys, timeout);
    const took = formatGoDuration((world.clock.now().getTime() - from) * world.clock.speed);
    if (unhealthy !== undefined) {
      status.set({ type: "Healthy", status: "False", reason: "HealthCheckFailed", message: unhealthy });
      failed("HealthCheckFailed", `health check failed after ${took}: ${unhealthy}`);
    }
    if (!wasHealthy || changed.length > 0) {
      tell(`Health check passed in ${took}`);
    }
    status.set({ type: "Healthy", status: "True", reason: "Succeeded", message: `Health check passed in ${took}` });
  }
}

export function owner(object: KubeObject): { name: string; namespace: string } {
  return { name: object.metadata.name, namespace: object.metadata.namespace ?? "" };
}
