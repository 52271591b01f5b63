import { describe, expect, test } from "vitest";
import { workloadsApplied } from "../../src/facts/workloads-applied.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { unknown } from "../../src/project/read.ts";
import { environment } from "../builders/facts.ts";
import { deployment, kustomization } from "../builders/objects.ts";

const named = (name: string): KubeObject => ({ ...deployment(), metadata: { name, namespace: "rrr" } });
const applied = (...ids: string[]): KubeObject => ({
  ...kustomization([]),
  status: { inventory: { entries: ids.map((id) => ({ id })) } },
});
const names = (objects: KubeObject[], unread = {}) =>
  workloadsApplied(environment({ objects, unread })).map(({ name }) => name);

describe("workloads that were applied", () => {
  const both = [named("web"), named("by-hand")];

  test("are those that Flux names, not what somebody put beside them", () => {
    expect(names([...both, applied("rrr_web_apps_Deployment", "rrr_web__Service")])).toEqual(["web"]);
  });

  test("are none where Flux applied none", () => {
    expect(names([...both, applied()])).toEqual([]);
  });

  test("go by kind and namespace too", () => {
    expect(names([...both, applied("rrr_web_apps_StatefulSet", "other_by-hand_apps_Deployment")])).toEqual([]);
  });

  test("are all that there are before anything was applied, and where that cannot be read", () => {
    expect(names(both)).toEqual(["web", "by-hand"]);
    expect(names([...both, kustomization([])])).toEqual(["web", "by-hand"]);
    expect(names(both, { Kustomization: unknown("403") })).toEqual(["web", "by-hand"]);
  });

  test("are none that another workload made", () => {
    const owner = { apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid: "uid-nightly" };
    const run: KubeObject = {
      ...{ apiVersion: "batch/v1", kind: "Job" },
      metadata: { name: "nightly-1", namespace: "rrr", ownerReferences: [owner] },
    };
    expect(names([...both, run])).toEqual(["web", "by-hand"]);
  });

  test("are none that anybody knows of where they cannot be read", () => {
    expect(names(both, { Deployment: unknown("403") })).toEqual([]);
  });
});
