import { describe, expect, test } from "vitest";
import { nowOf } from "../../src/facts/now-of.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { Now } from "../../src/project/project.ts";
import { unknown } from "../../src/project/read.ts";
import { environment } from "../builders/facts.ts";
import { answered, deployment, kustomization, look } from "../builders/objects.ts";
import { at, project } from "../builders/project.ts";
import { SHA } from "../builders/run.ts";
import { settings } from "../builders/settings.ts";
import { podOfSet, podWith, replicaSet, rolling } from "../builders/workloads.ts";

const now = (given: Parameters<typeof environment>[0], was?: Now) =>
  nowOf(
    project(was ? { status: { environments: [{ name: "production", now: was }] } } : {}),
    environment(given),
    settings(),
  );
const applied: KubeObject = { ...kustomization([]), status: { lastAppliedRevision: `sha1:${SHA}` } };
const was: Now = { commit: "b".repeat(40), tag: "b", ready: 1, wanted: 1, answer: { status: 200, from: "inside" } };
const podOf = (tag: string, ready: boolean, seconds = 0) =>
  podWith({ app: { image: `ghcr.io/acme/rrr:${tag}`, status: { ready } } }, { ready, createdAt: at(seconds) });

describe("what is true now", () => {
  test("is nothing where nothing stands", () => {
    expect(now({})).toEqual({ ready: 0, wanted: 0 });
  });

  test("is the commit that was applied, the tag that runs, how many pods, and what the URL answers", () => {
    const objects = [applied, deployment({ tag: "3f2a91c0aa11", replicas: 2 })];
    expect(now({ objects, probes: [look("inside", answered())] })).toEqual({
      commit: SHA,
      tag: "3f2a91c0aa11",
      ready: 2,
      wanted: 2,
      answer: { status: 200, from: "inside" },
    });
  });

  test("is the tag of what serves: of the version before until the new one is ready", () => {
    const rollout = (ready: boolean) => {
      const status = { replicas: 2, updatedReplicas: 1, availableReplicas: 1 };
      const objects = rolling([podOf("new", ready, 60)], deployment({ tag: "new", status }));
      const before = replicaSet(objects[0] ?? deployment(), "1");
      return now({ objects: [...objects, before, podOfSet(podOf("old", true), before)] });
    };
    expect(rollout(false)).toMatchObject({ tag: "old", ready: 0, wanted: 1 });
    expect(rollout(true)).toMatchObject({ tag: "new", ready: 1, wanted: 1 });
  });

  test("is no tag where nothing is ready, or what runs is not the project's image", () => {
    const crashing = rolling([podOf("new", false)]);
    expect(now({ objects: crashing })).toEqual({ ready: 0, wanted: 1 });
    const elsewhere = {
      ...deployment(),
      spec: { template: { spec: { containers: [{ name: "a", image: "nginx:1" }] } } },
    };
    expect(now({ objects: [elsewhere] })).toEqual({ ready: 1, wanted: 1 });
  });

  test("counts no Job among the pods", () => {
    const job = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "migrate", namespace: "rrr" }, spec: {} };
    expect(now({ objects: [job, deployment()] })).toMatchObject({ ready: 1, wanted: 1 });
  });

  test("sums what several workloads want", () => {
    const worker = { ...deployment({ replicas: 3 }), metadata: { name: "worker", namespace: "rrr", generation: 1 } };
    expect(now({ objects: [deployment(), worker] })).toMatchObject({ ready: 4, wanted: 4 });
  });

  test.each<[string, Parameters<typeof environment>[0], Partial<Now>]>([
    ["the commit", { unread: { Kustomization: unknown("403") } }, { commit: was.commit, ready: 0 }],
    ["what runs", { unread: { Deployment: unknown("403") } }, { tag: "b", ready: 1, wanted: 1 }],
    [
      "the answer",
      { objects: [deployment()], probes: [look("inside", { state: "unknown", detail: "x" })] },
      { answer: was.answer },
    ],
    ["an answer that nobody asked for now", { objects: [deployment()] }, { answer: was.answer }],
  ])("keeps %s as it was seen last where it cannot be read", (_, given, kept) => {
    expect(now(given, was)).toMatchObject(kept);
  });

  test("does not keep what is known to be over", () => {
    expect(now({}, was)).toEqual({ ready: 0, wanted: 0 });
  });

  test.each<[string, Parameters<typeof look>[], Now["answer"]]>([
    [
      "from outside before inside",
      [
        ["inside", answered(200)],
        ["berlin", answered(503)],
      ],
      { status: 503, from: "berlin" },
    ],
    [
      "from inside where nobody outside could look",
      [
        ["inside", answered(200)],
        ["berlin", { state: "unknown", detail: "x" }],
      ],
      { status: 200, from: "inside" },
    ],
    ["by why there is none", [["berlin", { state: "tcp-timeout" }]], { why: "tcp-timeout", from: "berlin" }],
  ])("tells the answer %s", (_, looks, answer) => {
    expect(now({ probes: looks.map((each) => look(...each)) }).answer).toEqual(answer);
  });
});
