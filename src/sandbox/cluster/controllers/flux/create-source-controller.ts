import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { conditionOf, conditionsOf } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { addFinalizer, removeFinalizer } from "../runtime/finalizers.ts";
import { parseGoDuration } from "../runtime/go-duration.ts";
import { keyOf, refOf, splitKey } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";
import type { Artifacts } from "./artifacts.ts";
import { type Look, untilDue } from "./due.ts";
import { type Fetched, fetchSource } from "./fetch-source.ts";
import { type GitRepository, parseGitRepository } from "./git-repository.ts";
import { reachSource } from "./reach-source.ts";
import { reconcileRequest } from "./reconcile-request.ts";
import { type SourceOutcome, sourceConditions } from "./source-conditions.ts";
import { sourceCredentials } from "./source-credentials.ts";

const API_VERSION = "source.toolkit.fluxcd.io/v1";
const FINALIZER = "finalizers.fluxcd.io";
const COMPONENT = "source-controller";
/** https://github.com/fluxcd/pkg/blob/runtime/v0.91.0/runtime/controller/reconcile.go (min and max retry delay) */
const RETRY = { first: 750, last: 15 * 60_000 };
/** However fast the world runs, the git that is asked is a real one. */
const REAL_PAUSE_MILLISECONDS = 250;

/** Flux's source-controller for GitRepositories: really clones, and keeps what it cloned. */
export function createSourceController(cluster: Cluster, artifacts: Artifacts): Controller {
  const { store, world } = cluster;
  const looks = new Map<string, Look>();

  return {
    name: COMPONENT,
    keysOf: ({ object }) =>
      object.kind === "GitRepository" && object.apiVersion.startsWith("source.toolkit.fluxcd.io/")
        ? [keyOf(object)]
        : [],
    reconcile: async (key) => {
      const object = store.get({ apiVersion: API_VERSION, kind: "GitRepository", ...splitKey(key) });
      if (!object || object.metadata.deletionTimestamp) {
        looks.delete(key);
        await Promise.all(artifacts.forget(key).map((directory) => rm(directory, { recursive: true, force: true })));
        if (object) {
          removeFinalizer(store, object, FINALIZER);
        }
        return undefined;
      }
      if (addFinalizer(store, object, FINALIZER)) {
        return 0;
      }
      const source = parseGitRepository(object);
      const request = reconcileRequest(object);
      if (source.spec.suspend) {
        noteSuspended(object, request);
        return undefined;
      }
      const generation = object.metadata.generation;
      const last = looks.get(key);
      const now = { generation, request, input: "", at: world.clock.now().getTime(), speed: world.clock.speed };
      const wait = untilDue(last, now);
      if (wait > 0) {
        return wait;
      }
      const succeeded = await lookAt(object, source, request);
      const failures = succeeded ? 0 : (last?.failures ?? 0) + 1;
      const simulated = succeeded
        ? parseGoDuration(source.spec.interval, 60_000)
        : Math.min(RETRY.first * 2 ** (failures - 1), RETRY.last);
      const next = Math.max(simulated, REAL_PAUSE_MILLISECONDS * world.clock.speed);
      const nextAt = world.clock.now().getTime() + next / world.clock.speed;
      looks.set(key, { generation, request, input: "", nextAt, failures });
      return next;
    },
  };

  async function lookAt(object: KubeObject, source: GitRepository, request: string | undefined): Promise<boolean> {
    const key = keyOf(object);
    const artifact = source.status.artifact;
    const stored = artifact !== undefined && artifacts.directoryOf(artifact.url) !== undefined;
    if (!stored) {
      settle(object, { state: "reconciling", message: "building artifact", drift: true });
    } else if (source.status.observedGeneration !== object.metadata.generation) {
      const { generation } = object.metadata;
      settle(object, {
        state: "reconciling",
        message: `processing object: new generation ${source.status.observedGeneration ?? -1} -> ${generation}`,
        drift: false,
      });
    }
    const fetched = await fetchOnce(object, source, stored ? artifact?.revision : undefined);
    if (store.get(refOf(object))?.metadata.uid !== object.metadata.uid) {
      return true;
    }
    if (fetched.state === "failed") {
      const { reason, message } = fetched;
      settle(object, { state: "failed", reason, message }, { lastHandledReconcileAt: request });
      recordEvent(cluster, object, { type: "Warning", reason, message, component: COMPONENT });
      return false;
    }
    const failedBefore = conditionOf(store.get(refOf(object)), "FetchFailed")?.status === "True";
    if (fetched.state === "unchanged") {
      finish(object, fetched.revision, request);
      recordEvent(cluster, object, {
        ...(failedBefore
          ? { reason: "Succeeded", message: `stored artifact for commit '${fetched.revision}'` }
          : fetched.listed
            ? {
                reason: "GitOperationSucceeded",
                message: `no changes since last reconcilation: observed revision '${fetched.revision}'`,
              }
            : {
                reason: "ArtifactUpToDate",
                message: `artifact up-to-date with remote revision: '${fetched.revision}'`,
              }),
        type: "Normal",
        component: COMPONENT,
      });
      return true;
    }
    const { url, ...made } = describeArtifact(object, fetched, timestamp(world.clock.now()));
    artifacts.keep(url, fetched.tree);
    finish(object, fetched.revision, request, { url, ...made });
    const old = artifacts.forget(key, url);
    await Promise.all(
      old
        .filter((directory) => directory !== fetched.tree)
        .map((directory) => rm(directory, { recursive: true, force: true })),
    );
    recordEvent(cluster, object, {
      type: "Normal",
      reason: "NewArtifact",
      message: `stored artifact for commit '${fetched.message}'`,
      component: COMPONENT,
      annotations: {
        "source.toolkit.fluxcd.io/revision": fetched.revision,
        "source.toolkit.fluxcd.io/digest": fetched.digest,
      },
    });
    return true;
  }

  async function fetchOnce(
    object: KubeObject,
    source: GitRepository,
    known: string | undefined,
  ): Promise<Exclude<Fetched, { state: "failed" }> | { state: "failed"; reason: string; message: string }> {
    const credentials = sourceCredentials(store, object, source.spec.secretRef?.name);
    if (credentials.state === "missing") {
      return { state: "failed", reason: "AuthenticationFailed", message: credentials.message };
    }
    const fault = await reachSource(cluster, source.spec, known !== undefined && source.spec.ref.commit === undefined);
    const fetched: Fetched =
      fault === undefined
        ? await fetchSource(source.spec, {
            directory: join(cluster.dataDir, "sources", object.metadata.uid ?? keyOf(object)),
            known,
            authorization: credentials.authorization,
            signal: cluster.signal,
          })
        : { state: "failed", message: fault };
    return fetched.state === "failed"
      ? {
          state: "failed",
          reason: "GitOperationFailed",
          message: `failed to checkout and determine revision: ${fetched.message}`,
        }
      : fetched;
  }

  function finish(object: KubeObject, revision: string, request: string | undefined, artifact?: object): void {
    settle(
      object,
      { state: "stored", revision },
      {
        observedGeneration: object.metadata.generation,
        lastHandledReconcileAt: request,
        ...(artifact === undefined ? {} : { artifact }),
      },
    );
  }

  /** What is suspended is looked at all the same, and says so: seen on source-controller 1.7.3. */
  function noteSuspended(object: KubeObject, request: string | undefined): void {
    const { generation: observedGeneration } = object.metadata;
    const status: unknown = object.status;
    writeStatus(store, object, {
      ...(typeof status === "object" && status !== null ? status : {}),
      observedGeneration,
      ...(request === undefined ? {} : { lastHandledReconcileAt: request }),
      conditions: conditionsOf(object).map((one) => (one.type === "Ready" ? { ...one, observedGeneration } : one)),
    });
  }

  function settle(object: KubeObject, outcome: SourceOutcome, fields: Record<string, unknown> = {}): void {
    const current = store.get(refOf(object));
    if (!current) {
      return;
    }
    const status: unknown = current.status;
    writeStatus(store, current, {
      observedGeneration: -1,
      ...(typeof status === "object" && status !== null ? status : {}),
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      conditions: sourceConditions(
        conditionsOf(current),
        outcome,
        object.metadata.generation,
        timestamp(world.clock.now()),
      ),
    });
  }
}

/** https://github.com/fluxcd/pkg/blob/artifact/v0.4.0/artifact/storage/storage.go (NewArtifactFor) */
function describeArtifact(object: KubeObject, fetched: Extract<Fetched, { state: "fetched" }>, now: string) {
  const path = `gitrepository/${keyOf(object)}/${fetched.sha}.tar.gz`;
  return {
    digest: fetched.digest,
    lastUpdateTime: now,
    path,
    revision: fetched.revision,
    size: fetched.size,
    url: `http://source-controller.flux-system.svc.cluster.local./${path}`,
  };
}
