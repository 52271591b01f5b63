import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { Problem } from "../../src/project/problem.ts";
import { unknown } from "../../src/project/read.ts";
import { rollout } from "../../src/steps/rollout.ts";
import { condition, deployment, kustomization, waitingPod } from "../builders/objects.ts";
import { at, NOW } from "../builders/project.ts";
import { ofKind, recorded } from "../builders/recorded.ts";
import { SHA } from "../builders/run.ts";
import { contextOf, type Given, says } from "../builders/step-context.ts";
import { createWorld } from "../builders/world/create-world.ts";

const TAG = SHA.slice(0, 12);
const OTHER = "b".repeat(40);
const HELD = `rrr-${TAG}`;
const remembered = { tag: TAG, released: SHA, source: HELD };

const source = (artifact: string | undefined, name = HELD): KubeObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name, namespace: "rrr", generation: 1 },
  status: artifact === undefined ? {} : { artifact: { revision: `sha1:${artifact}` } },
});
const applied = (
  given: { sha?: string; from?: string; generation?: number; conditions?: object[]; inventory?: string[] } = {},
): KubeObject => ({
  ...kustomization([], given.generation),
  spec: { sourceRef: { name: given.from ?? HELD } },
  status: {
    observedGeneration: 1,
    conditions: given.conditions ?? [condition("Ready", "True", "ReconciliationSucceeded")],
    lastAppliedRevision: `sha1:${given.sha ?? SHA}`,
    inventory: { entries: (given.inventory ?? ["rrr_rrr_apps_Deployment"]).map((id) => ({ id })) },
  },
});
const failed = (reason: string, message = "") =>
  applied({ conditions: [condition("Ready", "False", reason, message)] });
const said = (objects: KubeObject[], given: Given = {}) =>
  says(rollout, { remembered, ...given, here: { objects, ...given.here } });
const named = (kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name, namespace: "rrr", generation: 1 },
  ...rest,
});

describe("the rollout", () => {
  test.each<[string, KubeObject[], Given, string]>([
    [
      "while workloads cannot be read",
      [applied()],
      { here: { unread: { Deployment: unknown("403") } } },
      "waiting Unreadable",
    ],
    [
      "while Flux cannot be read",
      [deployment()],
      { here: { unread: { Kustomization: unknown("403") } } },
      "waiting Unreadable",
    ],
    ["before Flux has anything to apply", [], {}, "waiting RolloutApplying"],
    ["before Flux has applied anything", [kustomization([])], {}, "waiting RolloutApplying"],
    [
      "before Flux has looked at the newest spec",
      [applied({ generation: 2 }), deployment()],
      {},
      "waiting RolloutApplying",
    ],
    [
      "before Flux has applied what its source has",
      [applied({ sha: OTHER }), source(SHA), deployment()],
      {},
      "waiting RolloutApplying",
    ],
    [
      "while what was read is of before it was given this source",
      [applied({ sha: OTHER, from: "rrr-bbbbbbbbbbbb" }), source(SHA), source(OTHER, "rrr-bbbbbbbbbbbb"), deployment()],
      {},
      "waiting RolloutApplying",
    ],
    ["of a source that is gone", [applied(), deployment()], {}, "done RolloutDone"],
    ["of a source that has nothing in store now", [applied(), source(undefined), deployment()], {}, "done RolloutDone"],
    [
      "of a project from before sources were remembered",
      [applied({ from: "rrr" }), source(SHA, "rrr"), deployment()],
      { remembered: { tag: TAG } },
      "done RolloutDone",
    ],
    [
      "while the old version's image is asked for",
      [applied(), source(SHA), deployment({ tag: "old" })],
      {},
      "waiting RolloutApplying",
    ],
    [
      "while the controller is behind",
      [applied(), source(SHA), deployment({ generation: 2, status: { observedGeneration: 1 } })],
      {},
      "waiting RolloutProgressing",
    ],
    [
      "while old pods go",
      [applied(), source(SHA), deployment({ status: { replicas: 2 } })],
      {},
      "waiting RolloutProgressing",
    ],
    ["whole", [applied(), source(SHA), deployment()], {}, "done RolloutDone"],
    ["scaled to nothing", [applied(), source(SHA), deployment({ replicas: 0 })], {}, "done RolloutDone"],
    ["of manifests without a workload", [applied({ inventory: [] }), source(SHA)], {}, "done RolloutDone"],
    [
      "of another image alone",
      [
        applied(),
        source(SHA),
        { ...deployment(), spec: { template: { spec: { containers: [{ name: "a", image: "nginx:1" }] } } } },
      ],
      {},
      "done RolloutDone",
    ],
    [
      "of the project's image by no tag",
      [
        applied(),
        source(SHA),
        { ...deployment(), spec: { template: { spec: { containers: [{ name: "a", image: "ghcr.io/acme/rrr" }] } } } },
      ],
      {},
      "waiting RolloutApplying",
    ],
    [
      "of an image whose name only begins alike",
      [
        applied(),
        source(SHA),
        {
          ...deployment(),
          spec: { template: { spec: { containers: [{ name: "a", image: "ghcr.io/acme/rrr-web:1" }] } } },
        },
      ],
      {},
      "done RolloutDone",
    ],
    [
      "beside a Deployment that Flux did not apply",
      [applied(), source(SHA), deployment(), named("Deployment", "by-hand", { status: {} })],
      {},
      "done RolloutDone",
    ],
    [
      "of a StatefulSet that is not whole",
      [
        applied({ inventory: ["rrr_rrr_apps_Deployment", "rrr_db_apps_StatefulSet"] }),
        source(SHA),
        deployment(),
        named("StatefulSet", "db", { spec: { replicas: 1 }, status: { observedGeneration: 1 } }),
      ],
      {},
      "waiting RolloutProgressing",
    ],
    [
      "of a Job that runs",
      [applied({ inventory: ["rrr_migrate_batch_Job"] }), source(SHA), named("Job", "migrate")],
      {},
      "waiting RolloutProgressing",
    ],
    [
      "of a Job that was made for the version before and ended well: its template cannot change",
      [
        applied({ inventory: ["rrr_rrr_apps_Deployment", "rrr_migrate_batch_Job"] }),
        source(SHA),
        deployment(),
        named("Job", "migrate", {
          spec: { template: { spec: { containers: [{ name: "m", image: "ghcr.io/acme/rrr:old" }] } } },
          status: { conditions: [{ type: "Complete", status: "True" }] },
        }),
      ],
      {},
      "done RolloutDone",
    ],
    [
      "that Flux could not apply, whatever runs",
      [failed("ReconciliationFailed"), source(SHA), deployment()],
      {},
      "waiting RolloutApplying",
    ],
    ["that Flux could not build", [failed("BuildFailed")], {}, "waiting RolloutApplying"],
    ["on the pass that answers Retry", [failed("BuildFailed")], { retrying: true }, "waiting RolloutApplying"],
    [
      "while Flux waits for its artifact",
      [failed("ArtifactFailed", "Source artifact not found, retrying in 30s")],
      {},
      "waiting RolloutApplying",
    ],
  ])("%s", async (_, objects, given, wanted) => expect(await said(objects, given)).toBe(wanted));

  describe("of three workloads", () => {
    const KINDS = ["Deployment", "StatefulSet", "DaemonSet", "Job"] as const;
    /** One of that kind, as it stands. */
    const workload = (kind: (typeof KINDS)[number], name: string, state: "ready" | "not ready" | "old" | "at zero") => {
      const ready = state === "ready" ? 1 : 0;
      const wanted = state === "at zero" ? 0 : 1;
      const status = {
        ...{ observedGeneration: 1, replicas: wanted, updatedReplicas: state === "old" ? 0 : wanted },
        ...{ readyReplicas: ready, availableReplicas: ready, desiredNumberScheduled: wanted },
        ...{ updatedNumberScheduled: state === "old" ? 0 : wanted, numberReady: ready, numberAvailable: ready },
      };
      const ended = { conditions: ready ? [{ type: "Complete", status: "True" }] : [], succeeded: ready };
      const spec = { replicas: wanted, suspend: kind === "Job" && state === "at zero" };
      return named(kind, name, { spec, status: kind === "Job" ? ended : status });
    };
    const id = ({ kind, metadata }: KubeObject) => `rrr_${metadata.name}_${kind === "Job" ? "batch" : "apps"}_${kind}`;
    const outcomeOf = (workloads: KubeObject[], beside: KubeObject[] = []) =>
      rollout.ensure(
        contextOf({
          remembered,
          here: { objects: [applied({ inventory: workloads.map(id) }), source(SHA), ...workloads, ...beside] },
        }),
      );

    test.each(KINDS)(
      "any that are ready, the %s too: done is only all of them, and the others are named",
      async (kind) => {
        for (const lagging of ["not ready", "old"] as const)
          for (let subset = 0; subset < 8; subset += 1) {
            const isReady = (index: number) => (subset & (1 << index)) !== 0;
            const names = ["web", "worker", "cache"];
            const workloads = names.map((name, index) =>
              workload(index === 0 ? kind : "Deployment", name, isReady(index) ? "ready" : lagging),
            );
            const others = names.filter((_, index) => !isReady(index));
            const outcome = await outcomeOf(workloads);
            const { workload: told = "", ...params } = Object(outcome).params;
            expect(told.split(", ").filter(Boolean).toSorted()).toEqual(others.toSorted());
            expect({ ...outcome, params }).toEqual({
              state: others.length === 0 ? "done" : "waiting",
              reason: others.length === 0 ? "RolloutDone" : "RolloutProgressing",
              params: { ready: 3 - others.length, wanted: 3, tag: TAG },
            });
          }
      },
    );

    test.each(KINDS)("one is at rest: a %s of no pods holds nothing up", async (kind) => {
      const workloads = [workload(kind, "asleep", "at zero"), workload("Deployment", "web", "ready")];
      expect(await outcomeOf(workloads)).toMatchObject({ state: "done", params: { ready: 1, wanted: 1 } });
    });

    test("one was renamed: the old one, on its way out, is not waited for", async () => {
      const old = workload("Deployment", "web-before", "not ready");
      const elsewhere = { ...old, metadata: { ...old.metadata, namespace: "another" } };
      expect(await outcomeOf([workload("Deployment", "web", "ready")], [old, elsewhere])).toMatchObject({
        state: "done",
        params: { ready: 1, wanted: 1 },
      });
    });
  });

  test("of a Deployment that somebody has paused waits, and says so", async () => {
    const whole = deployment({ status: { updatedReplicas: 0 } });
    const paused = { ...whole, spec: { ...Object(whole.spec), paused: true } };
    expect(
      await rollout.ensure(contextOf({ remembered, here: { objects: [applied(), source(SHA), paused] } })),
    ).toEqual({
      state: "waiting",
      reason: "RolloutPaused",
      params: { ready: 0, wanted: 1, tag: TAG, workload: "rrr" },
    });
  });

  test("tells how many pods stay at an older revision as they are meant to", async () => {
    const set = named("StatefulSet", "db", {
      spec: { replicas: 3, updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } },
      status: { observedGeneration: 1, replicas: 3, readyReplicas: 3, updatedReplicas: 1 },
    });
    const objects = [applied({ inventory: ["rrr_db_apps_StatefulSet"] }), source(SHA), set];
    const outcome = await rollout.ensure(contextOf({ remembered, here: { objects } }));
    expect(outcome).toEqual({
      state: "done",
      reason: "RolloutDone",
      params: { ready: 3, wanted: 3, tag: TAG, held: 2 },
    });
  });

  test.each(["build-failed", "apply-forbidden", "kind-unknown", "path-missing", "source-missing"])(
    "waits where a real Flux could not apply it: %s",
    async (name) => {
      const objects = ofKind(recorded(name), "Kustomization").filter(({ metadata }) => metadata.name === "app");
      expect(await says(rollout, { here: { name: "app", objects } })).toBe("waiting RolloutApplying");
    },
  );

  test.each<[string, KubeObject[], true | undefined]>([
    [
      "what is seen is of the version before, until Flux has applied the new one",
      [applied({ sha: OTHER }), source(SHA), deployment()],
      true,
    ],
    [
      "what is seen is of the version before, until its image is asked for",
      [applied(), source(SHA), deployment({ tag: "old" })],
      true,
    ],
    [
      "what Flux could not apply is of what is waited for",
      [failed("BuildFailed"), source(SHA), deployment({ tag: "old" })],
      undefined,
    ],
    [
      "what is on its way is of what is waited for",
      [applied(), source(SHA), deployment({ status: { availableReplicas: 0 } })],
      undefined,
    ],
  ])("says that %s", async (_, objects, replacing) => {
    const outcome = await rollout.ensure(contextOf({ remembered, here: { objects } }));
    expect(outcome.state === "waiting" && outcome.replacing).toBe(replacing);
  });

  test("sums pods over its workloads, and names the one that lags", async () => {
    const worker = {
      ...deployment({ replicas: 3, status: { availableReplicas: 1 } }),
      metadata: { name: "worker", namespace: "rrr", generation: 1 },
    };
    const inventory = ["rrr_rrr_apps_Deployment", "rrr_worker_apps_Deployment"];
    const objects = [applied({ inventory }), source(SHA), deployment(), worker];
    expect(await rollout.ensure(contextOf({ remembered, here: { objects } }))).toMatchObject({
      params: { ready: 2, wanted: 4, tag: TAG, workload: "worker" },
    });
    const [outcome] = [
      await rollout.ensure(contextOf({ remembered, here: { objects: [applied(), source(SHA), deployment()] } })),
    ];
    expect(outcome).toMatchObject({ state: "done", params: { ready: 1, wanted: 1, tag: TAG } });
    expect(outcome).not.toHaveProperty("params.workload");
  });
});

describe("a pod whose node pulled without its Secret", () => {
  const message =
    "failed to pull and unpack image: failed to authorize: failed to fetch anonymous token: 401 Unauthorized";
  const stranger = (tag = TAG, metadata: object = {}): KubeObject => {
    const pod = waitingPod("ImagePullBackOff", message, { tag });
    return { ...pod, metadata: { ...pod.metadata, uid: "u", ...metadata } };
  };
  const ofJob = { apiVersion: "batch/v1", kind: "Job", name: "migrate", uid: "uid-job" };
  async function deleted(pods: KubeObject[], seconds: number): Promise<string[]> {
    const gone: string[] = [];
    const world = createWorld();
    const given = contextOf({
      ...{ world, here: { objects: pods } },
      remembered: { ...remembered, tagSince: at(-seconds).toISOString() },
    });
    given.ports.cluster.delete = async (ref, only) => {
      expect(only).toEqual({ uid: "u" });
      gone.push(ref.name);
    };
    await rollout.ensure(given);
    return gone;
  }

  test.each<[string, KubeObject, number, string[]]>([
    ["of a tag that was just given is replaced", stranger(), 10, ["rrr-1"]],
    ["of a tag that was given a while ago is left to a person", stranger(), 70, []],
    ["of another tag is left alone", stranger("old"), 10, []],
    ["on its way out is left alone", stranger(TAG, { deletionTimestamp: NOW.toISOString() }), 10, []],
    ["a Job's is left alone: the Job would count it as failed", stranger(TAG, { ownerReferences: [ofJob] }), 10, []],
  ])("and that is %s", async (_, pod, seconds, gone) => expect(await deleted([pod], seconds)).toEqual(gone));

  test("and that may not be seen is left alone", async () => {
    const unread = { Pod: unknown("403") };
    const given = contextOf({ remembered: { ...remembered, tagSince: NOW.toISOString() }, here: { unread } });
    given.ports.cluster.delete = () => expect.fail("nothing is known of any pod");
    expect(await rollout.ensure(given)).toMatchObject({ state: "waiting" });
  });

  test("is waited for where the right to replace it is missing; other refusals are told", async () => {
    const refused = (code: "rbac-missing" | "cluster-unwell") => {
      const objects = [applied(), source(SHA), deployment({ status: { availableReplicas: 0 } }), stranger()];
      const given = contextOf({ remembered: { ...remembered, tagSince: NOW.toISOString() }, here: { objects } });
      given.ports.cluster.delete = () => Promise.reject(new Problem(code, { evidence: "pods is forbidden" }));
      return rollout.ensure(given);
    };
    expect(await refused("rbac-missing")).toMatchObject({ state: "waiting", reason: "RolloutProgressing" });
    await expect(refused("cluster-unwell")).rejects.toThrow(Problem);
  });
});
