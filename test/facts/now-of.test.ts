import { describe, expect, test } from "vitest";
import { nowOf } from "../../src/facts/now-of.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { Now } from "../../src/project/project.ts";
import { unknown } from "../../src/project/read.ts";
import { environment } from "../builders/facts.ts";
import { answered, deployment, kustomization } from "../builders/objects.ts";
import { at, project } from "../builders/project.ts";
import { SHA } from "../builders/run.ts";
import { settings } from "../builders/settings.ts";
import { lookFrom, siteSeen } from "../builders/site.ts";
import { podOfSet, podWith, replicaSet, rolling } from "../builders/workloads.ts";

const now = (given: Parameters<typeof environment>[0], was?: Now) =>
  nowOf(
    project(was ? { status: { environments: [{ name: "production", now: was }] } } : {}),
    environment(given),
    settings(),
    at(60),
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
    expect(now({ objects, site: siteSeen({ inside: answered() }) })).toEqual({
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
      { objects: [deployment()], site: siteSeen({ inside: { state: "unknown", detail: "x" } }) },
      { answer: was.answer },
    ],
    ["an answer that nobody asked for now", { objects: [deployment()] }, { answer: was.answer }],
  ])("keeps %s as it was seen last where it cannot be read", (_, given, kept) => {
    expect(now(given, was)).toMatchObject(kept);
  });

  test.each<[string, Parameters<typeof environment>[0], boolean]>([
    ["what Flux has applied", { unread: { Kustomization: unknown("403") } }, true],
    ["what runs", { unread: { Deployment: unknown("403") } }, true],
    [
      "what it answers",
      { objects: [deployment()], site: siteSeen({ inside: { state: "unknown", detail: "x" } }) },
      true,
    ],
    ["nothing", { objects: [deployment()], site: siteSeen({ inside: answered() }) }, false],
    ["what nobody has asked for yet", { objects: [deployment()] }, false],
  ])("says since when %s cannot be looked at", (_, given, isUnseen) => {
    expect(now(given, was).unseenSince).toBe(isUnseen ? at(60).toISOString() : undefined);
    const before = at(-3600).toISOString();
    expect(now(given, { ...was, unseenSince: before }).unseenSince).toBe(isUnseen ? before : undefined);
  });

  test("does not keep what is known to be over", () => {
    expect(now({}, was)).toEqual({ ready: 0, wanted: 0 });
  });

  test("does not keep an answer where there is nothing to look at any more", () => {
    const before = { objects: [deployment()], site: siteSeen({ inside: answered() }) };
    expect(now({ ...before }).answer).toEqual({ status: 200, from: "inside" });
    expect(now({ objects: [deployment({ replicas: 0 })] }, was).answer).toBeUndefined();
  });

  test.each<[string, Parameters<typeof siteSeen>[0], Now["answer"]]>([
    ["from outside before inside", { inside: answered(200), berlin: answered(500) }, { status: 500, from: "berlin" }],
    [
      "from inside where nobody outside could look",
      { inside: answered(200), berlin: { state: "unknown", detail: "x" } },
      { status: 200, from: "inside" },
    ],
    [
      "by why there is none",
      { inside: answered(200), berlin: { state: "tcp-timeout" } },
      { why: "port-blocked", from: "berlin" },
    ],
    [
      "by what somebody before the application says in its place",
      { inside: answered(503, "no available server") },
      { why: "http-502-503-504", instead: 503, from: "inside" },
    ],
  ])("tells the answer %s", (_, from, answer) => {
    expect(now({ site: siteSeen(from) }).answer).toEqual(answer);
  });

  test("takes one look alone for no trouble yet, and keeps what was so before", () => {
    const once = siteSeen(
      {},
      { from: ["inside"], looks: [lookFrom("inside", { state: "tcp-refused" }, { times: 1 })] },
    );
    expect(now({ objects: [deployment()], site: once }, was).answer).toEqual(was.answer);
    const twice = { ...once, looks: once.looks.map((each) => ({ ...each, times: 2 })) };
    expect(now({ objects: [deployment()], site: twice }, was).answer).toEqual({ why: "port-refused", from: "inside" });
  });
});
