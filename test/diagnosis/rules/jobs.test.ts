import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import { unknown } from "../../../src/project/read.ts";
import { codes, judged } from "../../builders/judged.ts";
import { condition, deployment, kustomization } from "../../builders/objects.ts";
import { at, NOW } from "../../builders/project.ts";
import { recorded } from "../../builders/recorded.ts";
import { said } from "../../builders/said.ts";
import { podWith } from "../../builders/workloads.ts";

/** As the job controller says it. https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/job/job_controller.go */
const MESSAGES: Record<string, string> = {
  BackoffLimitExceeded: "Job has reached the specified backoff limit",
  DeadlineExceeded: "Job was active longer than specified deadline",
  PodFailurePolicy: "Container app for pod rrr/migrate-k6xvp failed with exit code 42 matching FailJob rule at index 0",
  FailedIndexes: "Job has failed indexes",
  MaxFailedIndexesExceeded: "Job has exceeded the specified maximal number of failed indexes",
};
const failed = (reason = "BackoffLimitExceeded") =>
  ["FailureTarget", "Failed"].map((type) =>
    condition(type, "True", reason, Object.hasOwn(MESSAGES, reason) ? MESSAGES[reason] : ""),
  );
const complete = ["SuccessCriteriaMet", "Complete"].map((type) =>
  condition(type, "True", "CompletionsReached", "Reached expected number of succeeded pods"),
);
const job = (conditions: object[], metadata: object = {}, spec: object = {}): KubeObject => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: {
    name: "migrate",
    namespace: "rrr",
    uid: "uid-job",
    labels: { "slipway.dev/project": "rrr" },
    ...metadata,
  },
  spec: { completions: 1, ...spec },
  status: { conditions, failed: 7 },
});
const applied = (...ids: string[]): KubeObject => ({
  ...kustomization([]),
  status: { inventory: { entries: ids.map((id) => ({ id })) } },
});
const flux = applied("rrr_rrr_apps_Deployment", "rrr_migrate_batch_Job", "rrr_nightly_batch_CronJob");
const found = (...objects: KubeObject[]) => codes({ here: { objects: [flux, deployment(), ...objects] } });

describe("job-failed", () => {
  test.each<[string, KubeObject, string[]]>([
    ["that failed too often", job(failed()), ["fail job-failed"]],
    ["that took too long", job(failed("DeadlineExceeded")), ["fail job-failed"]],
    ["whose policy ended it", job(failed("PodFailurePolicy")), ["fail job-failed"]],
    ["that fails for a reason nobody knows yet", job(failed("ReasonOfTomorrow")), ["fail job-failed"]],
    ["that failed twice and is tried again", { ...job([]), status: { active: 1, failed: 2 } }, []],
    ["that is about to fail, and still ends its pods", job(failed().slice(0, 1)), []],
    ["that ended well after failures", job(complete), []],
    ["that runs", { ...job([]), status: { active: 1 } }, []],
    ["that is suspended", job([condition("Suspended", "True", "JobSuspended")], {}, { suspend: true }), []],
    ["that failed and is being removed", job(failed(), { deletionTimestamp: NOW.toISOString() }), []],
    ["that somebody made beside what Flux applied", job(failed(), { name: "by-hand" }), []],
  ])("a Job %s", (_, object, wanted) => expect(found(object)).toEqual(wanted));

  test("stops the rollout, with what the cluster says of it and since when", () => {
    expect(judged({ here: { objects: [flux, deployment(), job(failed())] } }).findings).toEqual([
      {
        code: "job-failed",
        severity: "fail",
        stage: "rollout",
        environment: "production",
        subject: "Job/rrr/migrate",
        evidence: "Job has reached the specified backoff limit",
        seenFrom: "cluster",
        params: { workload: "migrate", namespace: "rrr", reason: "BackoffLimitExceeded" },
        since: NOW,
        remedies: ["retry"],
      },
    ]);
  });

  test("is over once the Job was made again, whose end is not known yet", () => {
    expect(found({ ...job([], { uid: "uid-again" }), status: { active: 1 } })).toEqual([]);
  });

  test.each([
    ["BackoffLimitExceeded", "its pods failed more often than backoffLimit allows"],
    ["DeadlineExceeded", "it took longer than activeDeadlineSeconds allows"],
    ["ReasonOfTomorrow", "Kubernetes gave up on it"],
    ["constructor", "Kubernetes gave up on it"],
  ])("by %s says why", (reason, why) => {
    const [finding] = judged({ here: { objects: [flux, deployment(), job(failed(reason))] } }).findings;
    expect(said(finding).cause).toBe(`The Job migrate failed: ${why}.`);
    expect(said(finding).fix).toContain("kubectl -n rrr logs job/migrate");
  });
});

describe("cron-job-failed", () => {
  const run = (minute: number, conditions: object[], cronJob = "nightly"): KubeObject =>
    job(conditions, {
      name: `${cronJob}-${minute}`,
      uid: `uid-${cronJob}-${minute}`,
      creationTimestamp: at(minute * 60).toISOString(),
      ownerReferences: [{ apiVersion: "batch/v1", kind: "CronJob", name: cronJob, uid: `uid-${cronJob}` }],
    });

  test.each<[string, KubeObject[], string[]]>([
    ["whose only run failed", [run(1, failed())], ["warn cron-job-failed"]],
    ["whose run failed after one that went well", [run(1, complete), run(2, failed())], ["warn cron-job-failed"]],
    ["whose older run failed, and a newer went well", [run(2, complete), run(1, failed())], []],
    ["whose older run failed, and a newer is under way", [run(1, failed()), run(2, [])], ["warn cron-job-failed"]],
    ["whose runs went well", [run(1, complete), run(2, complete)], []],
    ["whose first run is under way", [run(1, [])], []],
    [
      "beside another whose newer run went well",
      [run(1, failed(), "hourly"), run(2, complete)],
      ["warn cron-job-failed"],
    ],
    ["and another, both failed", [run(1, failed(), "hourly"), run(1, failed())], Array(2).fill("warn cron-job-failed")],
  ])("a CronJob %s", (_, objects, wanted) => {
    expect(found(...objects)).toEqual(wanted);
    expect(found(...objects.toReversed())).toEqual(wanted);
    // Nor is it a rollout's, where nothing says yet what was applied.
    expect(codes({ here: { objects: [deployment(), ...objects] } })).toEqual(wanted);
  });

  test("is of the CronJob, whichever run it is, and stops nothing", () => {
    const found = (...objects: KubeObject[]) =>
      judged({ here: { objects: [flux, deployment(), ...objects] } }).findings;
    const [first] = found(run(1, failed()));
    const [second] = found(run(1, failed()), run(2, failed("DeadlineExceeded")));
    expect(first).toMatchObject({
      subject: "CronJob/rrr/nightly",
      params: { cronJob: "nightly", workload: "nightly-1" },
    });
    expect(second).toMatchObject({ subject: first?.subject, params: { workload: "nightly-2" } });
    expect(first?.stage).toBeUndefined();
  });
});

describe("as a real cluster left it", () => {
  const told = (objects: KubeObject[]) =>
    judged({ here: { objects } }).findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);

  test.each<[string, string[]]>([
    ["job-failed", ["fail job-failed Job/record-job/migrate"]],
    ["job-image-missing", ["fail image-missing Job/record-jobimage/migrate/migrate"]],
    ["job-init-crashing", ["fail pod-init-failed Job/record-jobinit/migrate/wait"]],
    ["cron-job-failed", ["warn cron-job-failed CronJob/record-cronfails/nightly"]],
    ["cron-job-recovered", []],
  ])("%s", (name, wanted) => expect(told(recorded(name))).toEqual(wanted));

  test("a CronJob that keeps no run that went well tells of it itself: without its word the failed one is the newest", () => {
    const [cronJob = expect.fail(), ...runs] = recorded("cron-job-recovered");
    const { lastSuccessfulTime: _, ...before } = Object(cronJob.status);
    expect(told([{ ...cronJob, status: before }, ...runs])).toEqual([
      "warn cron-job-failed CronJob/record-cron/nightly",
    ]);
    // Of the time before.
    const lastSuccessfulTime = "2026-11-29T17:22:03Z";
    expect(told([{ ...cronJob, status: { lastSuccessfulTime } }, ...runs])).toEqual([
      "warn cron-job-failed CronJob/record-cron/nightly",
    ]);
    const unread = { CronJob: unknown("no answer within 5 s") };
    const blind = judged({ here: { objects: runs, unread } });
    expect(blind.findings).toEqual([]);
    expect(blind.unknown).toContainEqual({
      ...{ code: "cron-job-failed", environment: "production", reason: "no answer within 5 s" },
    });
  });

  test("a Job's trouble is told of the Job, whichever pod has it, and says that it has to be removed first", () => {
    const [finding = expect.fail()] = judged({ here: { objects: recorded("job-image-missing") } }).findings;
    expect(finding).toMatchObject({
      stage: "rollout",
      params: { workload: "migrate", kind: "Job", image: "ghcr.io/acme/migrate:1" },
      evidence: expect.stringContaining("ghcr.io/acme/migrate:1: not found"),
    });
    expect(said(finding).cause).toBe(
      "The registry has no ghcr.io/acme/migrate:1 for the container migrate of the Job migrate.",
    );
    expect(said(finding).impact).toBe("The work of the Job migrate is not done.");
    expect(said(finding).fix).toContain("kubectl -n record-jobimage delete job migrate");
  });
});

describe("a run of a CronJob whose pod is in trouble", () => {
  const started = (minute: number): KubeObject[] => {
    const uid = `uid-nightly-${minute}`;
    const run = job([], {
      ...{ name: `nightly-${minute}`, uid },
      ownerReferences: [{ apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid: "uid-nightly" }],
    });
    const image = "ghcr.io/acme/nightly:1";
    const state = { waiting: { reason: "ImagePullBackOff", message: `${image}: not found` } };
    const pod = podWith({ nightly: { image, status: { state } } }, { phase: "Pending" });
    const ownerReferences = [{ apiVersion: "batch/v1", kind: "Job", name: `nightly-${minute}`, uid }];
    return [run, { ...pod, metadata: { ...pod.metadata, uid: `uid-pod-${minute}`, ownerReferences } }];
  };
  const findings = (...objects: KubeObject[]) =>
    judged({ here: { objects: [flux, deployment(), ...objects] } }).findings;

  test("is told of the CronJob, once, and stops no row", () => {
    const [finding = expect.fail(), ...rest] = findings(...started(1), ...started(2));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      ...{ code: "image-missing", severity: "warn", subject: "CronJob/rrr/nightly/nightly" },
      params: { workload: "nightly", kind: "CronJob" },
    });
    expect(finding).not.toHaveProperty("stage");
    expect(finding).not.toHaveProperty("aside");
    expect(said(finding).impact).toBe("The work of the CronJob nightly is not done.");
    expect(said(finding).fix).not.toContain("delete");
  });

  test("is not the reason why anything else is stuck", () => {
    const stuck = condition("Progressing", "False", "ProgressDeadlineExceeded", "has timed out progressing.");
    const application = deployment({ status: { readyReplicas: 0, availableReplicas: 0, conditions: [stuck] } });
    const found = judged({ here: { objects: [flux, application, ...started(1)] } }).findings;
    expect(found.map(({ code }) => code).toSorted()).toEqual(["image-missing", "rollout-stuck"]);
  });
});
