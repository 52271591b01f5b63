import { beforeAll, describe, expect, test } from "vitest";
import type { Reply } from "../connection.ts";
import { PATCH } from "../connection.ts";
import { scene } from "./scene.ts";
import type { Site } from "./site.ts";

const like = (pattern: RegExp) => expect.stringMatching(pattern);
const IMAGE = "docker.io/testbed/app:1";
const CASES = ["set", "daemon", "jobs", "init", "stuck", "side", "scale"] as const;
type Case = (typeof CASES)[number];

/** What is not a Deployment, and pods with more than their containers. */
export function workloads(site: () => Site): void {
  describe("the controllers of other workloads", () => {
    const at = scene(site);
    const named: Partial<Record<Case, string>> = {};
    const of = (name: Case) => named[name] ?? "";
    const labels = { app: "app" };
    const http = { readinessProbe: { httpGet: { path: "/", port: 3000 }, periodSeconds: 1 } };
    const failing = (code: number) => ({ env: [{ name: "FAIL", value: String(code) }] });
    const container = (fields: object = {}, name = "app") => ({ name, image: IMAGE, ...fields });
    const template = (containers: object[], pod: object = {}) => ({
      metadata: { labels },
      spec: { terminationGracePeriodSeconds: 1, containers, ...pod },
    });
    const statusOf = async (kind: string, name: Case, as = "app") => (await at.get(kind, of(name), as)).status ?? {};
    const pods = async (name: Case): Promise<Reply["body"][]> =>
      (await at.list("Pod", of(name))).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const podOf = async (name: Case) => (await pods(name))[0] ?? {};
    const podConditions = async (name: Case) => {
      const pod = await podOf(name);
      return pod.metadata ? await at.conditions("Pod", of(name), pod.metadata.name) : {};
    };
    const job = (name: string, spec: object, as: Case = "jobs") =>
      at.make("Job", of(as), name, { spec: { backoffLimit: 0, ...spec } });

    beforeAll(async () => {
      for (const name of CASES) named[name] = await at.namespace(name);
      await at.make("StatefulSet", of("set"), "app", {
        spec: {
          replicas: 2,
          serviceName: "app",
          selector: { matchLabels: labels },
          template: template([container(http)]),
        },
      });
      await at.make("DaemonSet", of("daemon"), "app", {
        spec: { selector: { matchLabels: labels }, template: template([container(http)]) },
      });
      const never = { restartPolicy: "Never" };
      await job("well", { template: template([container(failing(0))], never) });
      await job("badly", { template: template([container(failing(3))], never) });
      await job("again", {
        backoffLimit: 1,
        template: template([container(failing(3))], { restartPolicy: "OnFailure" }),
      });
      await job("stillborn", {
        template: template([container()], { ...never, initContainers: [container(failing(4), "first")] }),
      });
      await at.make("Pod", of("init"), "app", {
        spec: template([container(http)], {
          initContainers: [container(failing(0), "first"), container(failing(0), "second")],
        }).spec,
      });
      await at.make("Pod", of("stuck"), "app", {
        spec: template([container()], { initContainers: [container(failing(4), "first")] }).spec,
      });
      const sidecar = container({ restartPolicy: "Always", ...http }, "beside");
      await job(
        "done",
        { template: template([container(failing(0))], { ...never, initContainers: [sidecar] }) },
        "side",
      );
      await at.make("Pod", of("side"), "stays", {
        spec: template([container({ ...http, env: [{ name: "PORT", value: "3001" }], readinessProbe: undefined })], {
          initContainers: [sidecar],
        }).spec,
      });
    });

    test("a StatefulSet makes its pods in order, each once the one before is ready, under names that stay", async () => {
      await at.see(() => statusOf("StatefulSet", "set"), {
        observedGeneration: 1,
        replicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
        currentReplicas: 2,
        updatedReplicas: 2,
        collisionCount: 0,
      });
      const { currentRevision, updateRevision } = await statusOf("StatefulSet", "set");
      expect(updateRevision).toMatch(/^app-\w+$/);
      expect(currentRevision).toBe(updateRevision);
      const [first, second] = await pods("set");
      expect([first.metadata.name, second.metadata.name]).toEqual(["app-0", "app-1"]);
      expect(second.metadata.labels).toEqual({
        app: "app",
        "apps.kubernetes.io/pod-index": "1",
        "controller-revision-hash": updateRevision,
        "statefulset.kubernetes.io/pod-name": "app-1",
      });
      expect(second.spec).toMatchObject({ hostname: "app-1", subdomain: "app" });
      const ready = first.status.conditions.find(({ type }: { type: string }) => type === "Ready");
      expect(Date.parse(second.metadata.creationTimestamp)).toBeGreaterThanOrEqual(
        Date.parse(ready.lastTransitionTime),
      );
      await at.hear(
        () => at.events(of("set")),
        /^Normal SuccessfulCreate StatefulSet: create Pod app-0 in StatefulSet app successful$/,
        /^Normal SuccessfulCreate StatefulSet: create Pod app-1 in StatefulSet app successful$/,
      );
    });

    test("a StatefulSet's new template begins at the last pod, and goes no further while that is not ready", async () => {
      const before = (await statusOf("StatefulSet", "set")).updateRevision;
      const change = (fields: object) =>
        at.change("StatefulSet", of("set"), "app", {
          spec: { template: { spec: { containers: [container(fields)] } } },
        });
      await change({ ...http, ...failing(3) });
      await at.see(async () => (await pods("set"))[1] ?? {}, {
        status: { containerStatuses: [{ state: { waiting: { reason: "CrashLoopBackOff" } } }] },
      });
      await at.see(() => statusOf("StatefulSet", "set"), {
        observedGeneration: 2,
        replicas: 2,
        readyReplicas: 1,
        currentReplicas: 1,
        updatedReplicas: 1,
        currentRevision: before,
        updateRevision: expect.not.stringMatching(new RegExp(`^${before}$`)),
      });
      const [first] = await pods("set");
      expect(first.metadata.labels["controller-revision-hash"]).toBe(before);
      // Taken back, the broken pod stays until somebody deletes it.
      // https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
      await change(http);
      await at.see(() => statusOf("StatefulSet", "set"), {
        observedGeneration: 3,
        updateRevision: before,
        readyReplicas: 1,
      });
      expect((await pods("set"))[1].metadata.labels["controller-revision-hash"]).not.toBe(before);
      await at.remove("Pod", of("set"), "app-1");
      await at.see(() => statusOf("StatefulSet", "set"), {
        readyReplicas: 2,
        updatedReplicas: 2,
        currentRevision: before,
      });
    });

    test("a StatefulSet that is scaled down loses its last pods first", async () => {
      await at.change("StatefulSet", of("set"), "app", { spec: { replicas: 1 } });
      await at.see(async () => (await pods("set")).map(({ metadata }) => metadata.name), ["app-0"]);
      await at.see(() => statusOf("StatefulSet", "set"), { replicas: 1, readyReplicas: 1 });
      await at.hear(
        () => at.events(of("set")),
        /^Normal SuccessfulDelete StatefulSet: delete Pod app-1 in StatefulSet app successful$/,
      );
      const refused = await at.site.server.send("PATCH", `/apis/apps/v1/namespaces/${of("set")}/statefulsets/app`, {
        body: { spec: { serviceName: "other" } },
        type: PATCH.merge,
      });
      expect(refused.body.message).toMatch(
        /spec: Forbidden: updates to statefulset spec for fields other than 'replicas', .* are forbidden$/,
      );
    });

    test("a DaemonSet has one pod a node, and replaces it when its template changes", async () => {
      const whole = {
        desiredNumberScheduled: 1,
        currentNumberScheduled: 1,
        numberMisscheduled: 0,
        numberReady: 1,
        numberAvailable: 1,
        updatedNumberScheduled: 1,
      };
      await at.see(() => statusOf("DaemonSet", "daemon"), { observedGeneration: 1, ...whole });
      const before = await podOf("daemon");
      expect(before.metadata.name).toMatch(/^app-\w{5}$/);
      expect(before.metadata.labels).toMatchObject({
        "controller-revision-hash": like(/^\w+$/),
        "pod-template-generation": "1",
      });
      await at.hear(
        () => at.events(of("daemon")),
        new RegExp(`^Normal SuccessfulCreate DaemonSet: Created pod: ${before.metadata.name}$`),
      );
      const env = [{ name: "COLOUR", value: "blue" }];
      const patch = { spec: { template: { spec: { containers: [container({ ...http, env })] } } } };
      await at.change("DaemonSet", of("daemon"), "app", patch);
      await at.see(() => statusOf("DaemonSet", "daemon"), { observedGeneration: 2, ...whole });
      await at.see(
        async () => (await pods("daemon")).map(({ metadata }) => metadata.name !== before.metadata.name),
        [true],
      );
    });

    test("a Job that succeeds says so, and its pod stays", async () => {
      const met = "True CompletionsReached: Reached expected number of succeeded pods";
      await at.see(() => at.conditions("Job", of("jobs"), "well"), { SuccessCriteriaMet: met, Complete: met });
      const { spec, metadata, status } = await at.get("Job", of("jobs"), "well");
      expect(status).toMatchObject({ succeeded: 1, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
      expect(status).toMatchObject({ startTime: like(/Z$/), completionTime: like(/Z$/) });
      expect([status.active, status.failed]).toEqual([undefined, undefined]);
      expect(spec.selector).toEqual({ matchLabels: { "batch.kubernetes.io/controller-uid": metadata.uid } });
      const pod = (await pods("jobs")).find((each) => each.metadata.labels["job-name"] === "well");
      expect(pod.metadata.labels).toMatchObject({ app: "app", "batch.kubernetes.io/job-name": "well" });
      expect(pod.metadata.finalizers).toBeUndefined();
      expect(pod.status.phase).toBe("Succeeded");
      expect(await at.conditions("Pod", of("jobs"), pod.metadata.name)).toMatchObject({
        Initialized: "True PodCompleted: ",
        Ready: "False PodCompleted: ",
      });
      await at.hear(() => at.events(of("jobs")), /^Normal Completed Job: Job completed$/);
    });

    test("a Job that fails once too often says so: by its pods, by their containers' restarts, by an init container", async () => {
      const past = "True BackoffLimitExceeded: Job has reached the specified backoff limit";
      for (const name of ["badly", "again", "stillborn"])
        await at.see(() => at.conditions("Job", of("jobs"), name), { FailureTarget: past, Failed: past });
      expect((await at.get("Job", of("jobs"), "badly")).status).toMatchObject({ failed: 1, ready: 0 });
      const podsOf = async (name: string) =>
        (await pods("jobs")).filter((each) => each.metadata.labels["job-name"] === name);
      const [badly] = await podsOf("badly");
      expect(badly.status).toMatchObject({
        phase: "Failed",
        containerStatuses: [{ state: { terminated: { exitCode: 3, reason: "Error" } } }],
      });
      expect(await at.conditions("Pod", of("jobs"), badly.metadata.name)).toMatchObject({ Ready: "False PodFailed: " });
      const [stillborn] = await podsOf("stillborn");
      expect(stillborn.status).toMatchObject({
        phase: "Failed",
        initContainerStatuses: [{ name: "first", state: { terminated: { exitCode: 4 } } }],
        containerStatuses: [{ name: "app", state: { waiting: { reason: "PodInitializing" } } }],
      });
      await at.hear(
        () => at.events(of("jobs")),
        /^Warning BackoffLimitExceeded Job: Job has reached the specified backoff limit$/,
      );
      const template = { spec: { template: { spec: { terminationGracePeriodSeconds: 2 } } } };
      const refused = await at.site.server.send("PATCH", `/apis/batch/v1/namespaces/${of("jobs")}/jobs/badly`, {
        body: template,
        type: PATCH.merge,
      });
      expect(refused.status).toBe(422);
      expect(refused.body.message).toMatch(/spec\.template: Invalid value: .*: field is immutable$/s);
    });

    test("init containers run one after the other, and the rest after them", async () => {
      await at.see(() => podConditions("init"), { Initialized: "True : ", Ready: "True : " });
      const { status } = await podOf("init");
      expect(status).toMatchObject({
        phase: "Running",
        initContainerStatuses: [
          { name: "first", ready: true, started: false, state: { terminated: { exitCode: 0, reason: "Completed" } } },
          { name: "second", ready: true, started: false, state: { terminated: { exitCode: 0, reason: "Completed" } } },
        ],
        containerStatuses: [{ name: "app", ready: true, started: true }],
      });
      const [first, second] = status.initContainerStatuses.map(({ state }: Reply["body"]) => state.terminated);
      expect(Date.parse(second.startedAt)).toBeGreaterThanOrEqual(Date.parse(first.finishedAt));
    });

    test("an init container that crashes is started again, and the rest waits", async () => {
      await at.see(() => podOf("stuck"), {
        status: {
          phase: "Pending",
          initContainerStatuses: [
            {
              name: "first",
              ready: false,
              state: {
                waiting: {
                  reason: "CrashLoopBackOff",
                  message: like(/^back-off \S+ restarting failed container=first /),
                },
              },
              lastState: { terminated: { exitCode: 4, reason: "Error" } },
            },
          ],
          containerStatuses: [{ name: "app", state: { waiting: { reason: "PodInitializing" } } }],
        },
      });
      expect(await podConditions("stuck")).toMatchObject({
        Initialized: "False ContainersNotInitialized: containers with incomplete status: [first]",
        Ready: "False ContainersNotReady: containers with unready status: [app]",
      });
      await at.hear(
        () => at.events(of("stuck")),
        /^Warning BackOff Pod: Back-off restarting failed container first in pod app_contract-\w+-stuck\([0-9a-f-]{36}\)$/,
      );
    });

    test("a sidecar is ready before the rest begins, runs beside it, and ends when a Job's containers have", async () => {
      await at.see(() => at.get("Pod", of("side"), "stays"), {
        status: {
          phase: "Running",
          initContainerStatuses: [{ name: "beside", ready: true, started: true, state: { running: {} } }],
          containerStatuses: [{ name: "app", ready: true, started: true, state: { running: {} } }],
        },
      });
      expect(await at.conditions("Pod", of("side"), "stays")).toMatchObject({
        Initialized: "True : ",
        Ready: "True : ",
      });
      await at.see(() => at.conditions("Job", of("side"), "done"), { Complete: like(/^True CompletionsReached: /) });
      const pod = (await pods("side")).find((each) => each.metadata.labels?.["job-name"] === "done");
      expect(pod.status).toMatchObject({
        phase: "Succeeded",
        initContainerStatuses: [{ name: "beside", state: { terminated: {} } }],
      });
    });

    test("who scales a workload is told in its managed fields, but for who scales it to nothing", async () => {
      const path = `/apis/apps/v1/namespaces/${of("scale")}/deployments/app`;
      const { send } = at.site.server;
      const wanted = {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "app" },
        spec: { replicas: 1, selector: { matchLabels: labels }, template: template([container()]) },
      };
      const apply = () =>
        send("PATCH", `${path}?fieldManager=kustomize-controller&force=true`, { body: wanted, type: PATCH.apply });
      const scale = async (replicas: number) => {
        const body = { spec: { replicas } };
        const scaled = await send("PATCH", `${path}/scale?fieldManager=kubectl`, { body, type: PATCH.merge });
        expect([scaled.body.kind, scaled.body.spec]).toEqual(["Scale", replicas === 0 ? {} : { replicas }]);
        expect((await send("GET", path)).body.spec.replicas).toBe(replicas);
      };
      /** Whose the number is: `manager operation subresource`. */
      const owners = async () =>
        (await send("GET", path)).body.metadata.managedFields
          .filter(({ fieldsV1 }: Reply["body"]) => fieldsV1["f:spec"]?.["f:replicas"])
          .map(({ manager, operation, subresource }: Reply["body"]) => `${manager} ${operation} ${subresource ?? ""}`);

      expect((await apply()).status).toBe(201);
      expect(await owners()).toEqual(["kustomize-controller Apply "]);
      await scale(2);
      expect(await owners()).toEqual(["kubectl Update scale"]);
      await scale(0);
      expect(await owners()).toEqual([]);
      await at.see(() => statusOf("Deployment", "scale"), { observedGeneration: 3 });
      await at.see(async () => ({ replicas: (await statusOf("Deployment", "scale")).replicas ?? 0 }), { replicas: 0 });
      // What is nobody's stays nobody's, until somebody writes it by another way.
      await scale(1);
      expect(await owners()).toEqual([]);
      expect((await apply()).status).toBe(200);
      expect(await owners()).toEqual(["kustomize-controller Apply "]);
      await send("PATCH", `${path}?fieldManager=kubectl-patch`, { body: { spec: { replicas: 0 } }, type: PATCH.merge });
      expect(await owners()).toEqual(["kubectl-patch Update "]);
    });
  });
}
